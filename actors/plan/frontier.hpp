#pragma once

#include "actors/plan/host_pace.hpp"
#include "actors/supervise/recovery.hpp"
#include "messages/task.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace jobfarm::plan {

/// A task lent to a worker for a time.
struct lease {
  std::int64_t id = 0;
  jobfarm::task task;
};

/// What holds for the whole farm.
struct frontier_rules {
  /// A worker that holds a task for longer without a word has lost it.
  duration lease_time = std::chrono::seconds{30};
  /// Of every host that has no budget of its own.
  host_budget standard = {};
  /// Leases are numbered from here on: a start of its own for each run of the
  /// farm tells late results of the run before from new ones.
  std::int64_t first_lease = 1;
  supervise::breaker_policy circuit = {};
  /// Of a host that refuses and does not say for how long.
  supervise::backoff pauses = {};
  /// How long a task for a browser waits for a worker that has one; then it is
  /// lent to any, who will say so.
  duration browser_patience = std::chrono::seconds{60};
};

/// What the end of a lease says of its host.
struct host_answer {
  supervise::host_verdict verdict = supervise::host_verdict::none;
  /// From the request to the whole answer.
  std::optional<duration> latency = {};
  /// Between requests, as the host's robots.txt asks.
  std::optional<duration> crawl_delay = {};
  /// How long the host takes no more requests, as it says with a good answer.
  std::optional<duration> rest = {};
};

/// A host that is left alone.
struct host_pause {
  time_point until{};
  /// False if it was paused already: one burst of refusals is one event.
  bool is_news = false;
};

/// What to fetch next: every known task, ordered within its host, lent to
/// workers as far as the hosts' budgets allow. A pure state machine: time is
/// an argument.
///
/// Tasks found by a page are served before the tasks that were waiting
/// (depth first), so that a large listing never piles up. All operations are
/// logarithmic in the number of hosts and constant in the number of tasks,
/// those excepted that walk the tasks they are about (`withdraw`, `cancel`,
/// `forget_query`).
class frontier {
public:
  explicit frontier(frontier_rules rules = {});

  void set_budget(const std::string& host, host_budget budget);

  /// Adds tasks at the back of their hosts' queues, those already known by id
  /// excepted. Returns how many were new.
  std::size_t add(std::vector<task> tasks);

  /// Adds tasks in front of what waits at their hosts.
  std::size_t add_first(std::vector<task> tasks);

  /// Adds a task that may not run before `when`; its id may be known already.
  void retry(task one, time_point when);

  /// `worker` has a browser, until it is lost.
  void note_browser(const std::string& worker);
  bool has_browsers() const noexcept {
    return !browsers_.empty();
  }

  /// Lends up to `most` tasks to `worker`, those for a browser only to one that
  /// has one.
  std::vector<lease> take(const std::string& worker, std::size_t most,
                          time_point now);

  /// Ends a lease, gives its host's slot back and takes in what the answer
  /// says of the host. False for a stale lease, which changes nothing.
  bool finish(std::int64_t lease_id, time_point now,
              const host_answer& answer = {});

  /// The host has answered: its slot is free, although the lease goes on until
  /// the outcome is stored.
  void free_slot(std::int64_t lease_id);

  /// True while the lease has neither ended nor run out.
  bool is_lent(std::int64_t lease_id) const;

  /// The worker is still at it: the lease runs a lease time from now. Nothing
  /// for a lease that has ended or is another worker's.
  void renew(std::int64_t lease_id, const std::string& worker, time_point now);

  /// The task has ended under another lease: it is not lent any more.
  void forget(const std::string& query_id, const std::string& task_id);

  /// The query has ended, and with it all its tasks: none is lent any more, and
  /// all would be new. Walks its tasks; if some ended under another lease, all
  /// that wait.
  void forget_query(const std::string& query_id);

  /// Until when nothing is sent to the host; long ago if it may be.
  time_point paused_until(const std::string& host) const;

  /// Who holds leases of the host, each once.
  std::set<std::string> holders_of(const std::string& host) const;

  /// Nothing is sent to the host before `until`, nor before what it was told
  /// already.
  void pause(const std::string& host, time_point until);

  /// The host refuses: nothing is sent to it for `fixed`, or for the next
  /// pause of its back-off, whoever asks. `random` in [0, 1) is the jitter.
  /// News also halves the host's pace.
  host_pause refused(const std::string& host, std::optional<duration> fixed,
                     time_point now, double random);

  /// Refusals of the host and openings of its circuit since its last good
  /// answer.
  std::int32_t refusals_in_a_row(const std::string& host) const;

  circuit circuit_of(const std::string& host, time_point now) const;

  /// Takes every waiting task of a host out, to be given up.
  std::vector<task> withdraw(const std::string& host);

  /// Takes back what was lent to `worker`.
  std::vector<std::string> worker_lost(const std::string& worker);

  /// Takes back leases that ran out.
  std::vector<std::string> expire(time_point now);

  /// Drops every waiting task of a query, as if it had never been added, and
  /// returns how many there were.
  std::size_t cancel(std::string_view query_id);

  /// When `take` may have more to give than at `now`: a delay, a pause or a
  /// lease that ends. Nothing if only new tasks, finished leases or workers can
  /// help.
  std::optional<time_point> next_change(time_point now) const;

  std::size_t waiting() const noexcept {
    return waiting_;
  }
  std::size_t lent() const noexcept {
    return leases_.size();
  }
  /// When the task was lent that has been out longest.
  std::optional<time_point> oldest_grant() const {
    // Leases are numbered as they are granted.
    return leases_.empty() ? std::nullopt
                           : std::optional{leases_.begin()->second.granted};
  }

private:
  /// Who may take a task: lanes of their own, so that tasks that wait for a
  /// browser hold up no others.
  enum lane_kind : std::size_t { any_worker, browser_worker, lane_count };
  struct host_lane {
    std::deque<task> queue;
    /// Where its host stands in `ready_`, if it does.
    std::optional<time_point> listed;
  };
  struct host_state {
    host_budget budget;
    host_pace pace;
    supervise::circuit_breaker circuit;
    std::array<host_lane, lane_count> lanes;
    std::int32_t in_flight = 0;
    std::int32_t refusals = 0;
    time_point paused_until{};
  };
  struct held_lease {
    jobfarm::task task;
    std::string worker;
    time_point granted{};
    time_point deadline{};
    supervise::circuit_breaker::ticket ticket = 0;
    /// Counts among its host's requests in flight.
    bool has_slot = true;
  };
  using lease_map = std::map<std::int64_t, held_lease>;

  static lane_kind lane_of(const task& one) {
    return one.by_browser ? browser_worker : any_worker;
  }
  bool is_known(const std::string& query_id, const std::string& task_id) const;
  host_state& host_of(const std::string& name);
  std::size_t insert(std::vector<task> tasks, bool first);
  void enqueue(task one, bool first);
  std::optional<time_point> next_turn(const host_state& host) const;
  std::optional<lane_kind> next_lane(const std::string& worker,
                                     time_point now) const;
  void list(const std::string& name, host_state& host);
  void wake_delayed(time_point now);
  void learn(host_state& host, const held_lease& held,
             const host_answer& answer, time_point now);
  void give_back(lease_map::iterator held);

  frontier_rules rules_;
  std::unordered_map<std::string, host_state> hosts_;
  /// Hosts that have a task of a lane and a free slot, by the time they may be
  /// asked.
  std::array<std::set<std::pair<time_point, std::string>>, lane_count> ready_;
  /// Workers that have browsers, and since when there are none.
  std::set<std::string> browsers_;
  std::optional<time_point> browserless_since_;
  std::multimap<time_point, task> delayed_;
  lease_map leases_;
  std::set<std::pair<time_point, std::int64_t>> deadlines_;
  /// Ids of the tasks of each query that has not ended.
  std::unordered_map<std::string, std::unordered_set<std::string>> known_;
  /// Tasks that wait although they have ended.
  std::unordered_set<std::string> forgotten_;
  std::size_t waiting_ = 0;
  std::int64_t next_lease_ = 1;
};

} // namespace jobfarm::plan
