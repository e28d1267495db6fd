#pragma once

#include "actors/collect/page_reader.hpp"
#include "actors/store/pending_view.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Pages that were read whole, by version: one that is asked for once more and
/// is what it was (304, RFC 9110 13) is neither sent nor read again, whichever
/// node asks for it.
namespace jobfarm::collect {

/// The version that `reader` read, if the page can be told from later ones by
/// what was answered, and what it says depends on nothing but its bytes and the
/// listing that led to it: all it showed has become records, no date counts
/// from the day of reading, and it leads at most to the next page.
std::optional<page_version> version_read(const task& asked,
                                         const page_answer& answered,
                                         const page_reading& read,
                                         const std::string& reader);

/// What a page gave.
struct page_yield {
  /// Ids, in the page's order.
  std::vector<std::string> records;
  /// The next page of its listing, for the query that read it.
  std::optional<task> next;
};

/// Remembers what a version of a page gave; `now` is in seconds since 1970. A
/// version of strange words is not remembered.
void remember_read(store::pending_view& view, const task& page,
                   const page_version& version, const page_yield& gave,
                   std::int64_t now);

/// Notes with a page the version that was read last, unless that was a week
/// ago: not every site keeps its word. `now` is RFC 3339. Errors: store_failed.
expected<void> recall_version(const store::store& disk, task& page,
                              const std::string& now);

/// What the version gave that `page` knows, its next page for the query of
/// `page`; nothing if another version was read since, or what is kept of it
/// cannot be made out. Errors: store_failed.
expected<std::optional<page_yield>>
yield_of_known(const store::pending_view& view, const task& page);

} // namespace jobfarm::collect
