#pragma once

#include "messages/operations.hpp"
#include "nodes/gateway/farm_port.hpp"

#include <cstdint>
#include <vector>

namespace jobfarm::nodes::gateway {

/// The checks of a cluster that works as it should: those of `readiness`, of
/// which "workers" asks for one that is ready too, and "nodes", that none is
/// draining or was lost less than an hour before `now` (seconds since 1970). A
/// cluster without workers may have traffic all the same: its queries wait.
std::vector<readiness_check>
cluster_checks(std::vector<readiness_check> readiness,
               const std::vector<node_status>& nodes, std::int64_t now);

} // namespace jobfarm::nodes::gateway
