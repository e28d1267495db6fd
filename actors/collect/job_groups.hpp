#pragma once

#include "actors/collect/edge_table.hpp"
#include "actors/collect/finders.hpp"
#include "actors/collect/recent_map.hpp"
#include "actors/collect/record_table.hpp"
#include "actors/collect/told_apart.hpp"
#include "actors/dedupe/clusters.hpp"
#include "actors/dedupe/decision.hpp"
#include "actors/store/pending_view.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::collect {

/// Which records of the store are one job: the edges between them, and the
/// groups that follow. All evidence is kept, so that groups can be made anew.
/// What found a posting has found the one that it becomes part of. All errors
/// are store_failed.
class job_groups {
public:
  using ids = std::vector<std::string>;
  using id_set = std::set<std::string>;

  job_groups(dedupe::decision_options options, store::pending_view& view,
             finders& finders, record_table& records, edge_table& edges,
             told_apart& said);

  /// Compares a record with others that no edge connects it with, and writes
  /// the edges; true if there are any. Of those that are one job with it for
  /// sure, and connected with each other, it is connected with the first.
  expected<bool> connect(const dedupe::evidence& one, const ids& others);

  dedupe::outline outline_of(const dedupe::evidence& one) const {
    return dedupe::outline_of(one, options_.rule);
  }

  /// True only where `connect` would find that the record with these bytes is
  /// another job, or for sure the same one: as far as memory tells, of those
  /// that were compared last.
  bool is_settled(const dedupe::outline& one, std::string_view record);

  /// A record says something else now.
  void forget(const std::string& id);

  /// Adds a new record to the one group, or to the only other record, that edges
  /// connect it with, where that changes nothing else; false if it may.
  expected<bool> join(const dedupe::evidence& one,
                      const store::shared_posting& record);

  /// Makes the groups of whole components anew and writes those that changed;
  /// returns by how many postings the store has grown. `newcomer` is a record
  /// among them that is in no group yet, or null; `rewritten` one that says
  /// something else now.
  expected<std::int64_t> regroup(const id_set& components,
                                 const store::shared_posting& newcomer,
                                 const std::string& rewritten = {});

  /// Makes a posting that is damaged on disk anew of its records.
  expected<void> mend(const std::string& posting_id);

  /// The records of a posting.
  expected<ids> members_of(const std::string& posting_id);

private:
  using shared_evidence = record_table::shared_evidence;
  /// Records by the posting whose group they are in.
  using grouping = std::map<std::string, id_set>;

  struct group_facts {
    /// Its best record.
    std::string best;
    /// A record of each sort: those of one sort (`sure_key`) differ alike from
    /// others.
    ids sorts;
  };

  expected<dedupe::decision> decide(const dedupe::evidence& a,
                                    const dedupe::evidence& b);
  void keep_outline(const dedupe::evidence& one);
  expected<bool> join_alone(const dedupe::evidence& one, const std::string& id,
                            const store::shared_posting& record);
  expected<bool> join_group(const dedupe::evidence& one,
                            const edge_table::edge_list& edges,
                            const store::shared_posting& record);
  expected<bool> fits(const dedupe::evidence& one,
                      const edge_table::edge_list& edges,
                      const std::string& group, const group_facts& known);
  expected<void> add_sort(const dedupe::evidence& one, group_facts& to);
  bool is_of_one_sort(const dedupe::evidence& a,
                      const dedupe::evidence& b) const;
  job_posting& own(store::shared_posting posting);
  void add_sure_edges(const std::vector<shared_evidence>& records,
                      std::vector<dedupe::merge_edge>& to) const;
  expected<std::vector<ids>> groups_of(const id_set& components);
  expected<void> write_group(const ids& members,
                             const store::shared_posting& newcomer);

  dedupe::decision_options options_;
  store::pending_view& view_;
  finders& finders_;
  record_table& records_;
  edge_table& edges_;
  told_apart& said_;
  /// Of the records that others were compared with last, by their bytes.
  recent_map<dedupe::outline> outlines_;
  /// By posting: groups that were written last.
  recent_map<group_facts> groups_;
  /// The posting that records joined last, and the number of its batch.
  std::shared_ptr<job_posting> grown_;
  std::uint64_t grown_in_ = 0;
};

} // namespace jobfarm::collect
