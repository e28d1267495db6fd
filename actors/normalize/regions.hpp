#pragma once

#include <string_view>

namespace jobfarm::normalize {

/// The region of an ISO 3166-1 alpha-2 country, as the record contract
/// divides the world; "Other International" for what is none.
std::string_view region_of(std::string_view country);

/// The scope that a `place_key` names ("EMEA", "worldwide"), or empty.
std::string_view scope_of(std::string_view key);

/// Whether a key that names a scope begins so.
bool begins_scope(std::string_view key);

} // namespace jobfarm::normalize
