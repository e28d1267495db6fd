#include "tests/simulation/virtual_time.hpp"

#include <algorithm>

namespace jobfarm::simulation {

namespace {

caf::actor_system_config& prepared(caf::actor_system_config& config) {
  config.set("scheduler.policy", caf::atom("testing"));
  return config;
}

} // namespace

virtual_time::virtual_time(dice& thrown)
    : dice_(thrown),
      system_(prepared(config_)),
      scheduler_(
          dynamic_cast<caf::scheduler::test_coordinator&>(system_.scheduler())) {
  // Real clocks are far from nought.
  scheduler_.clock().current_time += std::chrono::hours{1};
}

virtual_time::~virtual_time() {
  // A pending timer would keep its actor alive, and the system waits for all.
  agenda_.clear();
  frozen_.clear();
  scheduler_.run();
  scheduler_.clock().cancel_all();
  scheduler_.run();
}

time_point virtual_time::now() const noexcept {
  return scheduler_.clock().now();
}

void virtual_time::at(time_point when, std::function<void()> what) {
  agenda_.emplace(when, std::move(what));
}

void virtual_time::freeze(process who) {
  frozen_.insert(who);
}

void virtual_time::thaw(process who) {
  frozen_.erase(who);
}

process virtual_time::owner_of(const caf::resumable* job) const {
  const auto* actor = dynamic_cast<const caf::abstract_actor*>(job);
  auto found = actor ? owners_.find(actor->id()) : owners_.end();
  return found == owners_.end() ? 0 : found->second;
}

/// Runs one of the actors that can run, with one message.
bool virtual_time::run_one() {
  auto& jobs = scheduler_.jobs;
  if (jobs.empty())
    return false;
  auto first = static_cast<std::ptrdiff_t>(dice_.below(jobs.size()));
  std::rotate(jobs.begin(), jobs.begin() + first, jobs.end());
  auto chosen = std::find_if(jobs.begin(), jobs.end(), [&](const auto* job) {
    return frozen_.empty() || !is_frozen(owner_of(job));
  });
  if (chosen == jobs.end())
    return false;
  std::rotate(jobs.begin(), chosen, jobs.end());
  scope in(*this, owner_of(jobs.front()));
  return scheduler_.try_run_once();
}

void virtual_time::run_actors() {
  while (run_one()) {
  }
}

bool virtual_time::step(time_point end) {
  run_actors();
  auto& clock = scheduler_.clock();
  auto next = end;
  if (!clock.schedule().empty())
    next = std::min(next, clock.schedule().begin()->first);
  if (!agenda_.empty())
    next = std::min(next, agenda_.begin()->first);
  auto is_over = next >= end;
  clock.advance_time(std::max(next - now(), duration{0}));
  while (!agenda_.empty() && agenda_.begin()->first <= now()) {
    auto what = std::move(agenda_.begin()->second);
    agenda_.erase(agenda_.begin());
    what();
  }
  run_actors();
  return !is_over;
}

} // namespace jobfarm::simulation
