#pragma once

#include "actors/watch/metrics.hpp"
#include "nodes/gateway/farm_port.hpp"

namespace jobfarm::nodes::gateway {

/// Sets how sources, nodes and their proxies are.
void set_farm_gauges(watch::metrics& into,
                     const std::vector<source_status>& sources,
                     const std::vector<node_status>& nodes);

/// Has `into` tell, whenever it is read, how the farm's sources, nodes and
/// proxies are. The farm must outlive its readers.
void add_farm_gauges(watch::metrics& into, farm_port& farm);

} // namespace jobfarm::nodes::gateway
