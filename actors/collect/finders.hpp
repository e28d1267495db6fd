#pragma once

#include "actors/collect/index_marks.hpp"
#include "actors/store/pending_view.hpp"

#include <set>
#include <string>

namespace jobfarm::collect {

/// Which queries found which postings. Index keys (ID is the id of a posting):
///
///     dup/q/QUERY        a query that found any
///     dup/f/ID/QUERY     a mark: the query found the posting
///
/// All errors are store_failed.
class finders {
public:
  finders(store::pending_view& view, index_marks& marks);

  /// Reads which queries there are, once.
  expected<void> open();

  /// Notes that a query found a posting; false if that was noted before.
  expected<bool> note(const std::string& query_id,
                      const std::string& posting_id);

  /// The same for a posting that nothing can have found before.
  expected<bool> note_new(const std::string& query_id,
                          const std::string& posting_id);

  /// Those that found one posting have found another, of which it is part now.
  /// Asks for every query that found any.
  expected<void> move(const std::string& from, const std::string& to);

private:
  /// The key of a mark, until the next is made.
  const std::string& mark_of(const std::string& query_id,
                             const std::string& posting_id);

  store::pending_view& view_;
  index_marks& marks_;
  std::set<std::string> queries_;
  bool is_open_ = false;
  std::string room_;
};

} // namespace jobfarm::collect
