#include "nodes/gateway/farm_gauges.hpp"

#include "actors/text/time.hpp"

#include <array>
#include <map>
#include <string>
#include <string_view>

namespace jobfarm::nodes::gateway {

namespace {

/// See `proxy_status::state`.
constexpr std::array<std::string_view, 5> proxy_states = {
    "healthy", "slow", "walled", "quarantined", "probing"};

/// Whether a source is well, and since when it was last heard of, is told only
/// where it is known.
void tell_source(watch::metrics& to, const source_status& source) {
  watch::metrics::labels of = {{"source", source.name}};
  if (source.healthy)
    to.set("jobfarm_source_up", of, *source.healthy ? 1 : 0);
  to.set("jobfarm_source_circuit_state", of,
         source.circuit == circuit::open        ? 2
         : source.circuit == circuit::half_open ? 1
                                                : 0);
  if (auto at = text::parse_utc(source.last_success))
    to.set("jobfarm_source_last_success_timestamp_seconds", of,
           static_cast<double>(*at));
}

void tell_nodes(watch::metrics& to, const std::vector<node_status>& nodes) {
  std::map<std::string_view, int> by_state;
  for (auto state : enum_names<node_state>::names)
    by_state[state] = 0;
  for (const auto& one : nodes)
    ++by_state[to_string(one.state)];
  for (const auto& [state, count] : by_state)
    to.set("jobfarm_nodes", {{"state", std::string{state}}}, count);
}

/// Every state of a tier that there is: one that is left goes to 0.
void tell_proxies(watch::metrics& to, const std::vector<node_status>& nodes) {
  std::map<std::int32_t, std::map<std::string_view, int>> tiers;
  for (const auto& node : nodes)
    for (const auto& one : node.proxies)
      ++tiers[one.tier][one.state];
  for (auto& [tier, by_state] : tiers)
    for (auto state : proxy_states)
      to.set("jobfarm_proxy_pool",
             {{"tier", std::to_string(tier)}, {"state", std::string{state}}},
             by_state[state]);
}

} // namespace

void set_farm_gauges(watch::metrics& into,
                     const std::vector<source_status>& sources,
                     const std::vector<node_status>& nodes) {
  for (const auto& one : sources)
    tell_source(into, one);
  tell_nodes(into, nodes);
  tell_proxies(into, nodes);
}

void add_farm_gauges(watch::metrics& into, farm_port& farm) {
  into.before_reading([&farm](watch::metrics& to) {
    auto sources = farm.sources();
    auto nodes = farm.nodes();
    if (sources && nodes)
      set_farm_gauges(to, *sources, *nodes);
  });
}

} // namespace jobfarm::nodes::gateway
