#pragma once

#include "tests/simulation/dice.hpp"

#include <caf/all.hpp>
#include <caf/scheduler/test_coordinator.hpp>

#include <functional>
#include <map>
#include <set>
#include <unordered_map>

namespace jobfarm::simulation {

/// Processes of the simulated cluster; a new life gets a new number.
using process = std::int32_t;

/// Time and threads of a simulated cluster, in one thread: the actors of all
/// its processes run on CAF's test coordinator, one message at a time, in an
/// order that the dice choose; time stands still while any can run, and then
/// jumps to the next thing that is due, a timer of an actor or one of `at`.
class virtual_time {
public:
  explicit virtual_time(dice& thrown);
  /// Nothing of the simulation may be left but actors that were told to end.
  ~virtual_time();

  caf::actor_system& system() noexcept {
    return system_;
  }
  time_point now() const noexcept;

  /// Does `what` in the name of a process: actors that are spawned meanwhile,
  /// and those that these spawn, are its.
  template <class What>
  auto as(process who, What what) {
    scope in(*this, who);
    return what();
  }

  void at(time_point when, std::function<void()> what);
  void after(duration delay, std::function<void()> what) {
    at(now() + delay, std::move(what));
  }

  /// Its actors stand still until they are thawed.
  void freeze(process who);
  void thaw(process who);
  bool is_frozen(process who) const {
    return frozen_.count(who) != 0;
  }

  /// Lets all that can run do so and moves on to what is due next; false if
  /// that is after `end`, which it is then.
  bool step(time_point end);

private:
  class scope {
  public:
    scope(virtual_time& of, process who)
        : of_(of), who_(who), last_(of.system_.latest_actor_id()) {
    }
    ~scope() {
      while (last_ < of_.system_.latest_actor_id())
        of_.owners_[++last_] = who_;
    }

  private:
    virtual_time& of_;
    process who_;
    caf::actor_id last_;
  };

  void run_actors();
  bool run_one();
  process owner_of(const caf::resumable* job) const;

  dice& dice_;
  caf::actor_system_config config_;
  caf::actor_system system_;
  caf::scheduler::test_coordinator& scheduler_;
  std::unordered_map<caf::actor_id, process> owners_;
  std::set<process> frozen_;
  std::multimap<time_point, std::function<void()>> agenda_;
};

} // namespace jobfarm::simulation
