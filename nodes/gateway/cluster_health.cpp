#include "nodes/gateway/cluster_health.hpp"

#include "actors/text/time.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace jobfarm::nodes::gateway {

namespace {

/// Seconds. Who comes back within it was away; who does not has been taken
/// away.
constexpr std::int64_t loss_is_news = 3600;

bool is_working(const node_status& node) {
  return node.state == node_state::ready && node.workers > 0;
}

bool is_away(const node_status& node, std::int64_t now) {
  return node.state == node_state::draining
         || (node.state == node_state::lost
             && text::parse_utc(node.last_seen).value_or(now)
                    > now - loss_is_news);
}

/// Those that are away, each with its state; empty if none is.
std::string who_is_away(const std::vector<node_status>& nodes,
                        std::int64_t now) {
  std::string all;
  for (const auto& one : nodes)
    if (is_away(one, now))
      all.append(all.empty() ? "" : ", ")
          .append(one.id + ' ')
          .append(to_string(one.state));
  return all;
}

} // namespace

std::vector<readiness_check>
cluster_checks(std::vector<readiness_check> readiness,
               const std::vector<node_status>& nodes, std::int64_t now) {
  if (std::none_of(nodes.begin(), nodes.end(), is_working))
    for (auto& one : readiness)
      if (one.name == "workers" && one.is_met)
        one = {one.name, false, "no worker is ready"};
  auto away = who_is_away(nodes, now);
  readiness.push_back({"nodes", away.empty(), std::move(away)});
  return readiness;
}

} // namespace jobfarm::nodes::gateway
