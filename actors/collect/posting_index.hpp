#pragma once

#include "actors/collect/candidate_index.hpp"
#include "actors/collect/recent_map.hpp"
#include "actors/dedupe/decision.hpp"
#include "actors/store/pending_view.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace jobfarm::collect {

/// What became of a record that was handed in.
struct placement {
  /// The posting that the record is part of now.
  std::string posting_id;
  /// True for a record that had been handed in before.
  bool seen_again = false;
  /// Postings more than before: 1 for a new one, 0 for a record that joined
  /// one, negative where it showed that several are one job.
  std::int64_t stored = 0;
};

/// The duplicates index of the store: which records there are, which of them
/// are one job. The groups depend on the records alone, not on the order in
/// which they came: the evidence of each record is kept as it was, and whenever
/// a new one connects others, their groups are made anew from all of it.
///
/// Index keys (ID is the id of a record), beside those of `candidate_index`:
///
///     seen/SOURCE/HASH   the record that this sighting is; see signatures.hpp
///     dup/e/ID/ID        strength of the edge between two records; both ways
///     dup/o/ID           the record as it came, msgpack, once it is in a group
///     dup/g/ID           the posting whose group the record is in, if another
///     dup/f/ID/QUERY     the query found the posting
///     dup/b/BOARD/ID     the record is on the board
///     dup/m/ID           how often in a row the record was missing on its
///                        board
///
/// All changes go into the open batch of `view`, so that index and postings are
/// on disk together or not at all.
class posting_index {
public:
  posting_index(dedupe::decision_options options, store::pending_view& view);

  /// Takes a record. Errors: store_failed.
  expected<placement> place(job_posting posting, const std::string& board);

  /// Notes that a query found a posting: it keeps that when the posting
  /// becomes part of another.
  void found(const std::string& query_id, const std::string& posting_id);

  /// Takes the evidence of a whole listing, read completely: records of the
  /// board that were missing twice in a row are closed. `ids` are the source's
  /// ids that it showed, `now` RFC 3339. Errors: store_failed.
  expected<void> board_read(const std::string& source, const std::string& board,
                            const std::vector<std::string>& ids,
                            const std::string& now);

  /// Closes a record whose page is gone (404 or 410). One that is not known
  /// changes nothing. Errors: store_failed.
  expected<void> page_gone(const std::string& source, const std::string& board,
                           const std::string& source_id,
                           const std::string& now);

private:
  using shared_record = std::shared_ptr<const dedupe::evidence>;
  using shared_text = std::shared_ptr<const dedupe::shingle_set>;
  using ids = std::vector<std::string>;

  expected<bool> is_known(const std::string& id) const;
  expected<job_posting> original(const std::string& id) const;
  expected<shared_record> record(const std::string& id);
  expected<shared_text> text(const std::string& id);
  expected<std::string> group_of(const std::string& id) const;
  expected<void> see_again(const std::string& id, const std::string& when);
  expected<void> update_life(const std::string& id,
                             const std::string& last_seen,
                             const std::string& closed_at);
  expected<bool> connect(const dedupe::evidence& newcomer, const ids& others);
  expected<ids> component_of(const std::string& id) const;
  expected<std::vector<ids>> groups_of(const ids& component);
  expected<std::int64_t> regroup(const job_posting& newcomer);
  expected<void> write_group(const ids& members, const job_posting& newcomer);
  expected<void> move_found(const std::string& from, const std::string& to);

  dedupe::decision_options options_;
  dedupe::candidate_plan plan_;
  store::pending_view& view_;
  candidate_index candidates_;
  /// What was compared last.
  recent_map<shared_record> records_;
  recent_map<shared_text> texts_;
};

} // namespace jobfarm::collect
