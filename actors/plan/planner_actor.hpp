#pragma once

#include "actors/interfaces.hpp"
#include "actors/plan/job_count.hpp"
#include "actors/wall_clock.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace jobfarm {

struct planner_config {
  plan::source_settings_map sources;
  /// Where ended and waiting queries are read from.
  std::shared_ptr<const store::store> disk;
  /// Begins to count how many postings an ended query hands out whose tasks
  /// have found so many; null if always those. May read the store.
  std::function<job_count(const job_query&, std::int64_t)> count_jobs = {};
  /// Notes with a first page its version that need not be read again, at `now`
  /// (RFC 3339); null if that is not known. May read the store.
  std::function<expected<void>(task&, const std::string& now)>
      recall_version = {};
};

/// Keeps one `plan::query_state` for every query that runs; all that must
/// survive goes to the STORE before it is told to anyone.
class planner_state {
public:
  static inline const char* name = "planner";

  explicit planner_state(planner_actor::pointer self);

  void start(planner_config config, store_actor disk, frontier_actor frontier,
             wall_clock clock);
  caf::result<query_accepted> on_query(job_query query);
  caf::result<query_accepted> on_resume(query_record stored);
  void on_settled(const settled_tasks& settled);
  caf::result<query_progress> on_progress(const std::string& query_id) const;
  caf::result<collection_result> on_wait(const std::string& query_id);
  void on_cancel(const std::string& query_id);
  /// The time of a query is over: it ends as far as it has come.
  void on_timeout(const std::string& query_id);
  /// Goes on with the end of a query: some more of it is to be counted, or it
  /// could not be written.
  void on_tick(const std::string& query_id);
  caf::result<atom::done> on_retry(task_name which);
  caf::result<atom::done> on_drop(const task_name& which,
                                  const std::string& reason);

private:
  /// A commit of a few hundred kilobytes waits at most for a compaction.
  static constexpr std::chrono::minutes store_timeout{2};
  /// Of queries that have ended, how those ended that are not asked of the
  /// disk.
  static constexpr std::size_t most_ended = 1000;

  using waiter = caf::typed_response_promise<collection_result>;
  struct running_query {
    plan::query_state state;
    plan::time_point started;
    /// Zero for as long as it takes.
    plan::duration longest;
    std::vector<waiter> waiters;
    bool is_cancelled = false;
    bool is_timed_out = false;
    /// Its end is being counted, or on the way to the disk.
    bool is_ending = false;
    /// Of an end that is being counted.
    job_count count = {};
  };

  /// What an operator wants done with a dead letter: tried again, or dropped.
  struct verdict {
    task_name which;
    std::optional<std::string> dropped_because;
    caf::typed_response_promise<atom::done> answer;
  };

  /// Tasks by source.
  using source_tally = std::map<std::string, std::int64_t>;

  void settle(const settled_task& settled);
  expected<std::size_t> resume(const query_record& stored);
  expected<std::vector<plan::settlement>>
  ended_tasks(const std::string& query_id, source_tally& known) const;
  expected<std::size_t> hand_out_open(const std::string& query_id,
                                      source_tally& known);
  expected<task_record> dead_task(const task_name& which) const;
  caf::result<atom::done> judge(verdict one);
  void judge_next();
  /// A task of the query may just be on its way back to life.
  bool is_judging(const std::string& query_id) const {
    return !verdicts_.empty() && verdicts_.front().which.query_id == query_id;
  }
  void judged(const caf::error& problem);
  void end_verdict(const caf::error& problem);
  expected<void> drop(const verdict& one);
  expected<void> revive(const verdict& one);
  void revived(const task_record& was, task again);
  caf::result<query_accepted> admit(const std::string& query_id,
                                    store::batch changes,
                                    std::vector<task> tasks,
                                    plan::query_state state);
  void run(const std::string& query_id, plan::query_state state);
  void drop_waiting(const std::string& query_id);
  void conclude_if_over(const std::string& query_id);
  void conclude(const std::string& query_id);
  expected<std::optional<std::int64_t>> count_some(running_query& query,
                                                   std::int64_t found) const;
  void write_end(const std::string& query_id, collection_result result);
  void conclude_later(const std::string& query_id);
  void answer_waiters(const std::string& query_id,
                      const collection_result& ended);
  void keep_end(const std::string& query_id, const collection_result& ended);
  void forget_end(const std::string& query_id);
  double elapsed_s(const running_query& query) const;

  planner_actor::pointer self_;
  planner_config config_;
  store_actor disk_;
  frontier_actor frontier_;
  std::optional<wall_clock> clock_;
  std::map<std::string, running_query> running_;
  std::map<std::string, collection_result> ended_;
  /// Those, the oldest first.
  std::deque<std::string> ended_order_;
  /// One at a time: each reads what the one before has written, and may start
  /// its query anew.
  std::deque<verdict> verdicts_;
};

planner_actor::behavior_type
planner(planner_actor::stateful_pointer<planner_state> self,
        planner_config config, store_actor disk, frontier_actor frontier,
        wall_clock clock);

} // namespace jobfarm
