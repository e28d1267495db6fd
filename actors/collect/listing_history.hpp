#pragma once

#include "actors/store/pending_view.hpp"
#include "messages/query.hpp"
#include "messages/task.hpp"

#include <cstdint>
#include <optional>
#include <string>

/// How much listings showed before. A listing of many pages, a search or a
/// career page that suddenly shows next to nothing is suspicious, as a board is
/// (see `posting_life`), although it closes nothing.
namespace jobfarm::collect {

/// A listing that was read to its end.
struct read_listing {
  /// The same for each reading: source and board; of a search what was asked
  /// for; of career pages the address.
  std::string key;
  /// Postings, or addresses of their pages, that all its pages showed.
  std::int64_t shown = 0;
};

/// The listing whose last page is `from`, if nothing of it is missing.
std::optional<read_listing> listing_read(const task& from,
                                         const task_outcome& outcome,
                                         const job_query& query);

/// Remembers what a listing shows, and says why it is not believed if it shows
/// far less than before, for the first time. Errors: store_failed.
expected<std::optional<failure>> judge_listing(store::pending_view& view,
                                               const read_listing& what);

} // namespace jobfarm::collect
