#pragma once

#include "actors/normalize/normalizer.hpp"
#include "actors/plan/planner.hpp"
#include "actors/supervise/recovery.hpp"
#include "actors/wall_clock.hpp"
#include "tests/simulation/dice.hpp"
#include "tests/simulation/trace.hpp"
#include "tests/simulation/virtual_time.hpp"

#include <memory>

namespace jobfarm::simulation {

class ledger_check;
class budget_check;
class network;
class web;

/// Short, so that a simulation sees many of them.
constexpr auto lease_time = std::chrono::seconds{5};

/// What all of a simulation stands on.
struct stage {
  dice& luck;
  misfortune& bad;
  trace& log;
  virtual_time& time;
  plan::source_settings_map sources;
  supervise::recovery_policy recovery;
  std::shared_ptr<const normalize::normalizer> rules;
  /// What this world's wall clocks are off by.
  std::int64_t clock_error_s = 0;
  ledger_check* disk = nullptr;
  budget_check* budgets = nullptr;
  network* wires = nullptr;
  web* sites = nullptr;

  /// The time of day as a process that starts now sees it.
  wall_clock clock() const;
};

} // namespace jobfarm::simulation
