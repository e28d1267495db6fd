#include "nodes/gateway/cluster_health.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::nodes::gateway;

namespace {

constexpr std::int64_t now = 10'000;

node_status node_of(const std::string& id, node_state state, int workers,
                    const std::string& last_seen = "1970-01-01T02:46:40Z") {
  node_status made;
  made.id = id;
  made.state = state;
  made.workers = workers;
  made.last_seen = last_seen;
  return made;
}

/// The checks that are not met, with their reasons.
std::string unmet(const std::vector<node_status>& nodes) {
  std::string all;
  for (const auto& one :
       cluster_checks({{"farm", true, ""}, {"workers", true, ""}}, nodes, now))
    if (!one.is_met)
      all += one.name + ": " + one.reason + '\n';
  return all;
}

const auto coordinator = node_of("c1", node_state::ready, 0);
const auto worker = node_of("w1", node_state::ready, 3);

} // namespace

TEST_CASE("a cluster is well while a worker is ready and none is away") {
  CHECK(unmet({coordinator, worker}).empty());
  CHECK(unmet({node_of("n1", node_state::ready, 3)}).empty());
  // One that was told to leave and has left is not missed.
  CHECK(unmet({coordinator, worker, node_of("w2", node_state::drained, 3)})
            .empty());
}

TEST_CASE("a cluster without a worker that is ready is not well") {
  CHECK(unmet({coordinator}) == "workers: no worker is ready\n");
  CHECK(unmet({coordinator, node_of("w1", node_state::drained, 3)})
        == "workers: no worker is ready\n");
  CHECK(unmet({coordinator, node_of("w1", node_state::lost, 3)})
        == "workers: no worker is ready\nnodes: w1 lost\n");
}

TEST_CASE("a node that drains or was lost of late is told") {
  CHECK(unmet({coordinator, worker, node_of("w2", node_state::draining, 3),
               node_of("w3", node_state::lost, 3)})
        == "nodes: w2 draining, w3 lost\n");
  CHECK(unmet({coordinator, worker,
               node_of("w3", node_state::lost, 3, "1970-01-01T01:46:40Z")})
            .empty());
}

TEST_CASE("what else is wrong with the workers stays told") {
  auto checks = cluster_checks({{"workers", false, "draining"}}, {}, now);
  CHECK(checks[0].reason == "draining");
}
