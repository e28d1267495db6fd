#pragma once

#include "actors/store/pending_view.hpp"
#include "messages/task.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What pages gave. One whose site says when it last changed (`lastmod` of a
/// sitemap, see sitemaps.org), and says the same again, is not fetched again.
namespace jobfarm::collect {

/// Whether it is of use to remember what a page gave: its site says when it
/// changed, or its records are known by nothing but its address.
bool is_worth_remembering(const task& page);

/// Remembers what such a page gave: the ids of its records, none if it holds
/// none, which is of use only if its site says when it changed. `now` is in
/// seconds since 1970.
void remember_page(store::pending_view& view, const task& page,
                   const std::vector<std::string>& records, std::int64_t now);

/// The ids of the records of a page that says it has not changed since it was
/// read; nothing if it is to be read, as it is at least once a week: not every
/// site keeps its word. Errors: store_failed.
expected<std::optional<std::vector<std::string>>>
unchanged_records(const store::pending_view& view, const task& page,
                  std::int64_t now);

/// The ids of the records that a page gave when it was read last. Errors:
/// store_failed.
expected<std::vector<std::string>>
remembered_records(const store::pending_view& view, const task& page);

} // namespace jobfarm::collect
