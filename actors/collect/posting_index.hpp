#pragma once

#include "actors/collect/candidate_index.hpp"
#include "actors/collect/job_groups.hpp"
#include "actors/collect/newcomers.hpp"
#include "actors/collect/posting_life.hpp"
#include "actors/collect/record_table.hpp"
#include "actors/dedupe/decision.hpp"
#include "actors/store/pending_view.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace jobfarm::collect {

/// How much of a record was read.
enum class reading {
  whole,  ///< all that its source says
  listed, ///< what a list says of it; its own page could not be had
  gone    ///< the same, and its own page is not there any more
};

/// What became of a record that was handed in.
struct placement {
  /// The posting that the record is part of now.
  std::string posting_id;
  /// True for a record that had been handed in before.
  bool seen_again = false;
  /// True for a posting that was not there before: the record is alone in it.
  bool is_new = false;
  /// Postings more than before: 1 for a new one, 0 for a record that joined
  /// one, negative where it showed that several are one job, more than 1 where
  /// it showed that others have too little in common. So too where a record
  /// that is known says something else now.
  std::int64_t stored = 0;
};

/// The duplicates index of the store: which records there are, which of them
/// are one job. The groups depend on the records alone, not on the order in
/// which they came: the evidence of each record is kept as it was, and whenever
/// a new one connects others, or shows that what they have in common means
/// nothing, their groups are made anew from all of it.
///
/// All changes go into the open batch of `view`, so that index and postings are
/// on disk together or not at all.
class posting_index {
public:
  posting_index(dedupe::decision_options options, store::pending_view& view);
  posting_index(dedupe::decision_options options,
                const dedupe::candidate_plan& plan, store::pending_view& view);

  /// Takes a record. One that is known keeps its id and `first_seen`, and says
  /// what its newest whole reading says. What more records had in common than
  /// may have it stays without meaning, whatever they say later. Errors:
  /// store_failed.
  expected<placement> place(store::shared_posting posting,
                            const std::string& board,
                            reading how = reading::whole);
  expected<placement> place(job_posting posting, const std::string& board,
                            reading how = reading::whole) {
    return place(store::share(std::move(posting)), board, how);
  }

  /// Hears what became of a record.
  using placement_visitor =
      std::function<expected<void>(const job_posting&, const placement&)>;

  /// Takes records that came together, each as `place` does; `visit` hears of
  /// one before the next is taken. Errors: store_failed, those of `visit`.
  expected<void> place_all(const shared_page& page, const page_prints& texts,
                           const std::string& board, reading how,
                           const placement_visitor& visit);

  /// Takes a record of the store that was seen once more, at `now` (RFC 3339),
  /// as it is. Errors: store_failed.
  expected<placement> see_again(const job_posting& record,
                                const std::string& now);

  /// Notes that a query found a posting; false if that was noted before.
  /// After `place`, which may have told that the posting is new. Errors:
  /// store_failed.
  expected<bool> found(const std::string& query_id,
                       const std::string& posting_id, bool is_new = false) {
    return is_new ? finders_.note_new(query_id, posting_id)
                  : finders_.note(query_id, posting_id);
  }

  /// A record as it came; null if it cannot be had: it is not known, or damaged
  /// on disk. Errors: store_failed.
  expected<store::shared_posting> record(const std::string& id);

  /// See `posting_life`.
  expected<std::optional<failure>> board_read(const std::string& source,
                                              const std::string& board,
                                              const shown_names& shown,
                                              const std::string& now) {
    return life_.board_read(source, board, shown, now);
  }
  expected<void> page_gone(const std::string& source, const std::string& board,
                           const std::string& name, const std::string& now) {
    return life_.page_gone(source, board, name, now);
  }
  expected<void> close(const std::string& id, const std::string& now) {
    return life_.close(id, now);
  }

  /// Takes records out of a posting for good: they are a job, or jobs, of their
  /// own, whatever is alike. Returns the postings that they are now. Errors:
  /// store_failed; invalid_input for a record that is not one of its, or if
  /// none would be left.
  expected<std::vector<std::string>>
  take_out(const std::string& posting_id,
           const std::vector<std::string>& record_ids);

  /// Takes back what `take_out` said of the records of a posting: they are with
  /// those again that they are like. Returns the postings that they are now.
  /// Errors: store_failed.
  expected<std::vector<std::string>> put_back(const std::string& posting_id);

  /// The records of a posting, each as it came. Errors: store_failed.
  expected<std::vector<job_posting>> records_of(const std::string& posting_id);

private:
  using ids = job_groups::ids;
  using id_set = job_groups::id_set;

  /// Reads what has to be known by heart, once.
  expected<void> open();
  expected<placement> in_its_group(placement made, const std::string& id) const;
  expected<void> add(const store::shared_posting& posting,
                     const std::string& board, placement& made);
  expected<std::int64_t> mend(const store::shared_posting& seen, reading how);
  expected<arrival> find_alike(const dedupe::evidence& one,
                               const dedupe::fingerprint& print);
  expected<std::int64_t> take_again(const job_posting& known,
                                    const job_posting& seen, reading how);
  expected<std::int64_t> renew(const job_posting& before,
                               const store::shared_posting& after);
  expected<void> hold_together(std::uint64_t link, bool has_first,
                               const ids& neighbours);
  expected<void> part(const std::vector<ids>& parted, id_set& touched);
  expected<dedupe::fingerprint> fingerprint_of(const std::string& id);
  expected<ids> postings_of(const ids& records);
  expected<void> regroup_around(const std::string& id);

  const dedupe::candidate_plan plan_;
  index_keys keys_;
  first_holders holders_;
  index_marks marks_;
  finders finders_;
  newcomers newcomers_;
  record_table records_;
  candidate_index candidates_;
  edge_table edges_;
  told_apart said_;
  job_groups groups_;
  posting_life life_;
  store::pending_view& view_;
};

} // namespace jobfarm::collect
