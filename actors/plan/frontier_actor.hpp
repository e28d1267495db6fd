#pragma once

#include "actors/interfaces.hpp"
#include "actors/watch/fail_points.hpp"
#include "actors/watch/probe.hpp"

#include <deque>
#include <random>
#include <string>

namespace jobfarm {

struct frontier_config {
  plan::frontier_rules rules;
  /// Budgets by host key.
  std::map<std::string, plan::host_budget> budgets;
  /// Hosts that are to be left alone at first, as they have asked before.
  std::map<std::string, std::chrono::seconds> pauses;
  /// Refusals and openings of its circuit, without a good answer between them,
  /// after which a host's tasks are given up.
  std::int32_t most_refusals = 5;
  /// Seeds the jitter of pauses.
  std::uint64_t seed = 0;
  /// Hears how much waits, and of hosts in trouble; may be null.
  std::shared_ptr<watch::probe> told;
  /// Fail points `frontier.lease` and `frontier.clock`; may be null.
  std::shared_ptr<watch::fail_points> faults;
};

/// Routes between workers and the pure `plan::frontier`. Workers that ask when
/// there is nothing are remembered and served first come, first served.
struct frontier_state {
  static inline const char* name = "frontier";

  explicit frontier_state(frontier_actor::pointer self);

  void start(frontier_config config);
  void on_request(const work_request& request);
  void on_renewal(const work_renewal& renewal);
  void on_ingest(ingest_actor one);
  void on_tasks(std::vector<task> tasks);
  /// A task of the dead letters is to be tried again.
  void on_again(task one);
  void on_settled(settled_tasks settled);
  void on_pages_read(const pages_read& pages);
  void on_tick();
  /// A worker has gone: what it had is lent to others at once.
  void on_down(const caf::actor_addr& worker);

  plan::frontier frontier;
  planner_actor subscriber;

private:
  struct waiting_worker {
    collector_actor handle;
    std::string name;
    std::size_t credit = 0;
  };

  plan::time_point clock_now();
  void tell_of_browsers();
  void serve();
  bool is_refused();
  void schedule();
  void settle(settled_task& settled);
  void on_retry(settled_task& settled, plan::time_point now);
  void tell_of_rest(const std::string& host, plan::time_point now);
  void give_up_if_exhausted(const settled_task& settled);
  void tell(const char* what, const std::string& host, std::string text) const;
  void give_up(const std::string& host, const failure& why);

  frontier_actor::pointer self_;
  frontier_config config_;
  watch::fault_clock clock_;
  std::mt19937_64 random_;
  std::deque<waiting_worker> workers_;
  /// Every worker that ever asked, by its address.
  std::map<caf::actor_addr, std::string> names_;
  std::optional<plan::time_point> scheduled_;
  ingest_actor ingest_;
  /// What it was told last.
  std::optional<bool> tells_browsers_;
};

frontier_actor::behavior_type
frontier(frontier_actor::stateful_pointer<frontier_state> self,
         frontier_config config);

} // namespace jobfarm
