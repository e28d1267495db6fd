#include "nodes/gateway/farm_gauges.hpp"
#include "nodes/gateway/health_pages.hpp"
#include "tests/gateway/client.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::nodes::gateway;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

proxy_status proxy_of(std::int32_t tier, const std::string& state) {
  proxy_status made;
  made.tier = tier;
  made.state = state;
  return made;
}

node_status node_of(node_state state, std::vector<proxy_status> proxies) {
  node_status made;
  made.state = state;
  made.proxies = std::move(proxies);
  return made;
}

} // namespace

TEST_CASE("the figures tell how sources, nodes and proxies are") {
  source_status well;
  well.name = "lever";
  well.healthy = true;
  well.last_success = "1970-01-01T00:01:40Z";
  source_status ill;
  ill.name = "ashby";
  ill.healthy = false;
  ill.circuit = circuit::open;
  source_status unknown;
  unknown.name = "indeed";
  watch::metrics figures;
  set_farm_gauges(figures, {well, ill, unknown},
                  {node_of(node_state::ready,
                           {proxy_of(1, "healthy"), proxy_of(2, "walled")}),
                   node_of(node_state::ready, {proxy_of(1, "healthy")}),
                   node_of(node_state::lost, {})});
  auto text = figures.text();
  CHECK(has(text, R"(jobfarm_source_up{source="lever"} 1)"));
  CHECK(has(text, R"(jobfarm_source_up{source="ashby"} 0)"));
  CHECK_FALSE(has(text, R"(jobfarm_source_up{source="indeed"})"));
  CHECK(has(text, R"(jobfarm_source_circuit_state{source="ashby"} 2)"));
  CHECK(has(text, "jobfarm_source_last_success_timestamp_seconds{source="
                  "\"lever\"} 100"));
  CHECK(has(text, R"(jobfarm_nodes{state="ready"} 2)"));
  CHECK(has(text, R"(jobfarm_nodes{state="lost"} 1)"));
  CHECK(has(text, R"(jobfarm_nodes{state="drained"} 0)"));
  CHECK(has(text, R"(jobfarm_proxy_pool{state="healthy",tier="1"} 2)"));
  CHECK(has(text, R"(jobfarm_proxy_pool{state="walled",tier="2"} 1)"));
  // What is healthy no longer is not counted as such.
  set_farm_gauges(figures, {},
                  {node_of(node_state::ready, {proxy_of(1, "quarantined")})});
  text = figures.text();
  CHECK(has(text, R"(jobfarm_proxy_pool{state="healthy",tier="1"} 0)"));
  CHECK(has(text, R"(jobfarm_proxy_pool{state="quarantined",tier="1"} 1)"));
}

TEST_CASE("a node without a REST interface tells how it is") {
  auto figures = std::make_shared<watch::metrics>();
  figures->set("jobfarm_worker_link_up", {}, 1);
  std::string obstacle = "no coordinator";
  auto server = *serve_health_pages({}, figures, [&] { return obstacle; });
  auto get = [&](const std::string& target,
                 const std::vector<std::string>& headers = {}) {
    return test::ask(server->port(), "GET", target, headers, {});
  };
  CHECK(get("/healthz").status == 200);
  CHECK(get("/readyz").status == 503);
  CHECK(has(get("/readyz").body, R"("reason":"no coordinator")"));
  obstacle.clear();
  CHECK(get("/readyz").status == 200);
  CHECK(has(get("/metrics").body, "\njobfarm_worker_link_up 1\n"));
  CHECK(has(get("/metrics", {"Accept: application/openmetrics-text"}).body,
            "# EOF"));
  CHECK(get("/api/v1/queries").status == 404);
  CHECK(test::ask(server->port(), "POST", "/metrics", {}, "x").status == 405);
}
