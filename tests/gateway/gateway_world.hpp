#pragma once

#include "actors/sources/source.hpp"
#include "nodes/gateway/gateway.hpp"
#include "nodes/gateway/local_farm.hpp"
#include "nodes/simulator/simulator.hpp"
#include "tests/gateway/client.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace jobfarm::test {

using json_value = nlohmann::json;

/// A whole farm with its gateway in this process, against the simulator.
struct gateway_world {
  explicit gateway_world(nodes::scenario what = {3, 600, {}},
                         std::int64_t requests_per_minute = 100'000)
      : boards(*nodes::simulator::start({0, std::move(what)})) {
    farm = *nodes::farm::start(farm_options());
    port = std::make_unique<nodes::gateway::local_farm>(
        *farm, nodes::gateway::local_farm_options{{}, "n1", "test"});
    nodes::gateway::gateway_options options;
    options.requests_per_minute = requests_per_minute;
    options.failures_per_minute = 5;
    options.version = "test";
    options.known_boards = [this] { return boards->boards(); };
    options.tokens =
        nodes::gateway::token_table({{"root", nodes::gateway::role::admin,
                                      nodes::gateway::token_hash(admin)},
                                     {"eye", nodes::gateway::role::viewer,
                                      nodes::gateway::token_hash(viewer)}});
    gateway = *nodes::gateway::gateway::start(options, *port, metrics);
  }

  nodes::farm_options farm_options() const {
    nodes::farm_options made;
    made.store_dir = (dir.path() / "store").string();
    made.gazetteer_file = JOBFARM_GAZETTEER;
    made.allowed_hosts = {"127.0.0.1"};
    made.credentials = {{"careerjet", "key"}};
    made.recovery.first_delay = std::chrono::milliseconds{20};
    for (const auto* source : sources::all_sources()) {
      std::string name{source->traits.name};
      auto& own = made.sources[name];
      own.enabled = true;
      own.base_url = boards->url() + '/' + name;
      own.requests_per_second = 0;
      own.concurrent_requests = 8;
    }
    return made;
  }

  answered request(const std::string& method, const std::string& target,
                   std::vector<std::string> headers = {},
                   const std::string& body = {}) const {
    headers.push_back("Authorization: Bearer " + admin);
    if (!body.empty())
      headers.emplace_back("Content-Type: application/json");
    return ask(gateway->port(), method, target, headers, body);
  }
  answered get(const std::string& target,
               std::vector<std::string> headers = {}) const {
    return request("GET", target, std::move(headers));
  }

  /// The body of a search over all the simulator's boards.
  std::string search_body() const {
    json_value body = {{"text", ""}, {"level", "none"}};
    body["boards"] = json_value::array();
    for (const auto& one : boards->boards())
      body["boards"].push_back({{"source", one.source}, {"token", one.token}});
    return body.dump();
  }

  /// Submits a search and returns its id.
  std::string submit(const std::string& body) const {
    auto answer = request("POST", "/api/v1/search", {}, body);
    INFO(answer.body);
    REQUIRE(answer.status == 202);
    return json_value::parse(answer.body)["query_id"];
  }

  /// Follows a query's events until it ends; all that came.
  std::string follow(const std::string& id) const {
    return get("/api/v1/queries/" + id + "/events",
               {"Accept: text/event-stream"})
        .body;
  }

  const std::string admin = nodes::gateway::new_token();
  const std::string viewer = nodes::gateway::new_token();
  std::unique_ptr<nodes::simulator> boards;
  temporary_directory dir;
  std::shared_ptr<watch::metrics> metrics = std::make_shared<watch::metrics>();
  std::unique_ptr<nodes::farm> farm;
  std::unique_ptr<nodes::gateway::local_farm> port;
  std::unique_ptr<nodes::gateway::gateway> gateway;
};

} // namespace jobfarm::test
