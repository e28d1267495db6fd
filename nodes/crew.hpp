#pragma once

#include "actors/collect/collector_actor.hpp"
#include "actors/fetch/identity_client.hpp"
#include "actors/normalize/normalizer.hpp"
#include "actors/supervise/supervisor_actor.hpp"
#include "nodes/crew_options.hpp"
#include "nodes/crew_roster.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace jobfarm::nodes {

/// The children of a node's supervisor, in the order of their start: FETCHER,
/// NORMALIZERs, a supervisor of the COLLECTORs, and the PULSE that finds those
/// of them that hang. Where one dies, those after it, who work with it, are
/// started anew with it.
std::vector<supervise::child_spec> plan_crew(std::size_t normalizers);

/// COLLECTORs, each for itself. One that leaves stays away; one that dies is
/// started again, and its leases go to the others.
std::vector<supervise::child_spec> plan_collectors(std::size_t collectors);

/// The actors that fetch, read and normalise on this node, ready to be spawned
/// as one SUPERVISOR.
struct crew {
  supervisor_config supervisor;
  std::shared_ptr<crew_roster> roster;
};

/// Scheduler threads: the machine's, at least two, so that one long page does
/// not hold up the rest.
std::size_t scheduler_threads();

/// Sets what every actor system of a node wants set.
caf::actor_system_config& configure(caf::actor_system_config& config);

/// The time of day on the clock of `system`.
wall_clock clock_of(caf::actor_system& system);

/// A crew that takes work from `source` and hands it in at `sink`. `on_cause`
/// hears what actors die of that make a supervisor of the crew give up.
/// Errors: store_failed (the directory of kept pages), invalid_input (a source
/// wants a browser and there is none).
expected<crew> make_crew(const crew_options& options,
                         const work_source_actor& source,
                         const outcome_sink_actor& sink,
                         std::shared_ptr<const normalize::normalizer> rules,
                         const wall_clock& clock,
                         std::function<void(const caf::error&)> on_cause);

} // namespace jobfarm::nodes
