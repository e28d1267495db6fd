#pragma once

#include "messages/task.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace jobfarm::plan {

/// A point on the farm's monotonic clock; handed in, never read.
using time_point = std::chrono::steady_clock::time_point;
using duration = time_point::duration;

/// How politely a host is asked.
struct host_budget {
  /// Requests a second in the long run; 0 for no limit.
  double requests_per_second = 0;
  /// Requests at the same time, at least 1.
  std::int32_t concurrent_requests = 8;
};

/// A task lent to a worker for a time.
struct lease {
  std::int64_t id = 0;
  jobfarm::task task;
};

/// What to fetch next: every known task, ordered within its host, lent to
/// workers as far as the hosts' budgets allow. A pure state machine: time is
/// an argument.
///
/// Tasks found by a page are served before the tasks that were waiting
/// (depth first), so that a large listing never piles up. All operations are
/// logarithmic in the number of hosts and constant in the number of tasks.
class frontier {
public:
  /// Budgets by host; `standard` for every other host.
  /// Leases are numbered from `first_lease` on: a start of its own for each
  /// run of the farm tells late results of the run before from new ones.
  explicit frontier(duration lease_time, host_budget standard = {},
                    std::int64_t first_lease = 1);

  void set_budget(const std::string& host, host_budget budget);

  /// Adds tasks at the back of their hosts' queues, those already known by id
  /// excepted. Returns how many were new.
  std::size_t add(std::vector<task> tasks);

  /// Adds tasks in front of what waits at their hosts.
  std::size_t add_first(std::vector<task> tasks);

  /// Adds a task that may not run before `when`; its id may be known already.
  void retry(task one, time_point when);

  /// Lends up to `most` tasks to `worker`.
  std::vector<lease> take(const std::string& worker, std::size_t most,
                          time_point now);

  /// Ends a lease and gives its host's slot back. False for a stale lease,
  /// whose result must change nothing.
  bool finish(std::int64_t lease_id, time_point now);

  /// Nothing is sent to `host` before `until`, whoever asks. Returns true if
  /// that is news, false if the host was paused already: one burst of refusals
  /// is one event, however many requests were in flight. News halves the
  /// host's requests at the same time; successes win them back slowly.
  bool pause(const std::string& host, time_point until, time_point now);

  /// The host gave a good answer.
  void succeeded(const std::string& host);

  /// Pauses of the host since its last good answer.
  std::int32_t refusals_in_a_row(const std::string& host) const;

  /// Takes every waiting task of a host out, to be given up.
  std::vector<task> withdraw(const std::string& host);

  /// Takes back what was lent to `worker`.
  std::vector<std::string> worker_lost(const std::string& worker,
                                       time_point now);

  /// Takes back leases that ran out.
  std::vector<std::string> expire(time_point now);

  /// Drops every waiting task of a query and returns how many there were.
  std::size_t cancel(std::string_view query_id);

  /// When `take` may have more to give than now: a delay, a pause or a lease
  /// that ends. Nothing if only new tasks or finished leases can help.
  std::optional<time_point> next_change() const;

  std::size_t waiting() const noexcept {
    return waiting_;
  }
  std::size_t lent() const noexcept {
    return leases_.size();
  }

private:
  struct host_state {
    host_budget budget;
    std::deque<task> queue;
    std::int32_t in_flight = 0;
    /// At most this many at once for now; adapts within the budget.
    std::int32_t window = 0;
    std::int32_t good_in_a_row = 0;
    std::int32_t refusals = 0;
    time_point next_slot{};
    time_point paused_until{};
    /// Where the host stands in `ready_`, if it does.
    std::optional<time_point> listed;
  };
  struct held_lease {
    jobfarm::task task;
    std::string worker;
    time_point deadline{};
  };

  host_state& host_of(const std::string& name);
  std::size_t insert(std::vector<task> tasks, bool first);
  void list(const std::string& name, host_state& host);
  void wake_delayed(time_point now);
  void give_back(held_lease& held, time_point now);

  duration lease_time_;
  host_budget standard_;
  std::unordered_map<std::string, host_state> hosts_;
  /// Hosts that have a task and a free slot, by the time they may be asked.
  std::set<std::pair<time_point, std::string>> ready_;
  std::multimap<time_point, task> delayed_;
  std::map<std::int64_t, held_lease> leases_;
  std::set<std::pair<time_point, std::int64_t>> deadlines_;
  std::set<std::string, std::less<>> known_;
  std::size_t waiting_ = 0;
  std::int64_t next_lease_ = 1;
};

} // namespace jobfarm::plan
