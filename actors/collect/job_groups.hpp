#pragma once

#include "actors/collect/record_table.hpp"
#include "actors/dedupe/clusters.hpp"
#include "actors/dedupe/decision.hpp"
#include "actors/store/pending_view.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace jobfarm::collect {

/// Which records of the store are one job: the edges between them, and the
/// groups that follow. All evidence is kept, so that groups can be made anew.
///
/// Index keys (ID is the id of a record), beside those of `record_table`:
///
///     dup/e/ID/ID        strength of the edge between two records; both ways
///     dup/x/ID/ID        a person said that two records are different jobs;
///                        both ways
///     dup/f/ID/QUERY     the query found the posting
///
/// All errors are store_failed.
class job_groups {
public:
  using ids = std::vector<std::string>;
  using id_set = std::set<std::string>;

  job_groups(dedupe::decision_options options, store::pending_view& view,
             record_table& records);

  /// A new record, which has no edges.
  void begin(const std::string& id);

  /// Compares a record with others that no edge connects it with, and writes
  /// the edges; true if there are any. Of those that are one job with it for
  /// sure, and connected with each other, it is connected with the first.
  expected<bool> connect(const dedupe::evidence& one, const ids& others);

  /// Adds a new record to the group of the only other one that an edge connects
  /// it with, where that changes nothing else; false if it may.
  expected<bool> join(const dedupe::evidence& one, const job_posting& record);

  /// Adds everything that edges connect with a record, itself included.
  expected<void> add_component(const std::string& id, id_set& to);

  /// The edges between records of `among`, each once.
  expected<std::vector<std::pair<std::string, std::string>>>
  edges_among(const ids& among);
  void remove_edge(const std::string& a, const std::string& b);

  /// Records that an edge connects with one.
  expected<ids> neighbours_of(const std::string& id);

  /// Makes the groups of whole components anew and writes those that changed;
  /// returns by how many postings the store has grown. `newcomer` is a record
  /// among them that is in no group yet, or null; `rewritten` one that says
  /// something else now.
  expected<std::int64_t> regroup(const id_set& components,
                                 const job_posting* newcomer,
                                 const std::string& rewritten = {});

  /// Notes that two records are different jobs, whatever they look like, or
  /// takes that back.
  void say_different(const std::string& a, const std::string& b,
                     bool are_different);
  expected<ids> said_different_from(const std::string& id) const;

  /// The records of a posting.
  expected<ids> members_of(const std::string& posting_id);

  /// Notes that a query found a posting: it keeps that when the posting
  /// becomes part of another.
  void found(const std::string& query_id, const std::string& posting_id);
  expected<bool> has_found(const std::string& query_id,
                           const std::string& posting_id) const;

private:
  struct edge {
    std::string to;
    double strength = 0;
  };
  using edge_list = std::vector<edge>;
  using shared_evidence = record_table::shared_evidence;
  /// Records by the posting whose group they are in.
  using grouping = std::map<std::string, id_set>;

  expected<edge_list*> edges_of(const std::string& id);
  void add_edge(const std::string& from, edge to);
  expected<dedupe::decision> decide(const dedupe::evidence& a,
                                    const dedupe::evidence& b);
  void add_sure_edges(const std::vector<shared_evidence>& records,
                      std::vector<dedupe::merge_edge>& to) const;
  expected<std::vector<ids>> groups_of(const id_set& components);
  expected<bool> are_any_said_different();
  expected<std::set<std::pair<std::string, std::string>>>
  said_different(const id_set& among);
  expected<void> write_group(const ids& members, const job_posting* newcomer);
  expected<void> move_found(const std::string& from, const std::string& to);

  dedupe::decision_options options_;
  store::pending_view& view_;
  record_table& records_;
  /// What the index has, of the records that were asked for last.
  recent_map<edge_list> edges_;
  /// By posting: the best record of groups that were written last.
  recent_map<std::string> best_;
  /// Whether anything was said by a person; nothing while that is not known.
  std::optional<bool> has_differences_;
};

} // namespace jobfarm::collect
