#pragma once

#include <string_view>

namespace jobfarm::normalize {

/// The region of what is in no other.
constexpr std::string_view other_region = "Other International";

/// The region of an ISO 3166-1 alpha-2 country, as the record contract
/// divides the world; `other_region` for what is none.
std::string_view region_of(std::string_view country);

/// The scope that a `place_key` names ("EMEA", "worldwide"), or empty.
std::string_view scope_of(std::string_view key);

/// The region that is called `name` in any case, or empty.
std::string_view region_named(std::string_view name);

/// Whether a country lies in a scope, or in a region as `region_of` names it.
/// Nothing lies in "worldwide": it says where somebody may live, not where.
bool lies_in_scope(std::string_view country, std::string_view scope);

/// Whether two scopes or regions are one, or one has all countries of the
/// other; "worldwide" has all.
bool scopes_nest(std::string_view a, std::string_view b);

/// Whether a key that names a scope begins so.
bool begins_scope(std::string_view key);

} // namespace jobfarm::normalize
