#pragma once

#include "actors/dedupe/candidates.hpp"
#include "actors/dedupe/decision.hpp"
#include "actors/store/pending_view.hpp"

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>
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
/// Index keys (KEY is a candidate key of 16 hex digits, the partition of an
/// index that is spread over nodes; ID the id of a record):
///
///     seen/SOURCE/HASH   the record that this sighting is; see signatures.hpp
///     dup/k/KEY          the first record with that key
///     dup/k/KEY/ID       each later one
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
  /// A record as the rules see it.
  struct judged_record {
    dedupe::evidence evidence;
    dedupe::shingle_set shingles;
  };
  using shared_record = std::shared_ptr<const judged_record>;
  using ids = std::vector<std::string>;

  expected<bool> is_known(const std::string& id) const;
  expected<job_posting> original(const std::string& id) const;
  expected<shared_record> record(const std::string& id);
  void remember(const std::string& id, shared_record known);
  expected<std::string> group_of(const std::string& id) const;
  expected<void> see_again(const std::string& id, const std::string& when);
  expected<void> update_life(const std::string& id,
                             const std::string& last_seen,
                             const std::string& closed_at);
  expected<ids> candidates(const std::string& id,
                           const std::vector<std::uint64_t>& keys);
  expected<bool> connect(const judged_record& newcomer, const ids& others);
  expected<ids> component_of(const std::string& id) const;
  expected<std::vector<ids>> groups_of(const ids& component);
  expected<std::int64_t> regroup(const job_posting& newcomer);
  expected<void> write_group(const ids& members, const job_posting& newcomer);
  expected<void> move_found(const std::string& from, const std::string& to);

  dedupe::decision_options options_;
  dedupe::candidate_plan plan_;
  store::pending_view& view_;
  /// What was compared last, at most `most_remembered`.
  std::list<std::pair<std::string, shared_record>> recent_;
  std::unordered_map<std::string, decltype(recent_)::iterator> remembered_;
};

} // namespace jobfarm::collect
