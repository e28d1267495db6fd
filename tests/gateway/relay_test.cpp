#include "nodes/gateway/relay.hpp"
#include "tests/gateway/gateway_world.hpp"
#include "tests/support/server_process.hpp"

#include <atomic>
#include <future>

// The gateway of one machine before the coordinator of another.

using namespace jobfarm;
using test::json_value;

namespace {

std::unique_ptr<nodes::gateway::relay>
relay_to(std::vector<std::string> coordinators) {
  nodes::gateway::relay_options options;
  options.coordinators = std::move(coordinators);
  auto started = nodes::gateway::relay::start(std::move(options));
  REQUIRE(started);
  return *std::move(started);
}

std::string url_of(std::uint16_t port) {
  return "http://127.0.0.1:" + std::to_string(port);
}

} // namespace

TEST_CASE("a relay answers what the coordinator answers") {
  test::gateway_world w;
  auto nobody = url_of(test::free_port());
  auto relay = relay_to({nobody, url_of(w.gateway->port()) + '/'});
  const std::vector<std::string> token = {"Authorization: Bearer " + w.admin,
                                          "Content-Type: application/json"};
  auto taken = test::ask(relay->port(), "POST", "/api/v1/search", token,
                         w.search_body());
  REQUIRE(taken.status == 202);
  auto id = json_value::parse(taken.body)["query_id"].get<std::string>();
  CHECK_FALSE(taken.header("X-Request-Id").empty());
  // A stream, to its end.
  auto events = test::ask(
      relay->port(), "GET", "/api/v1/queries/" + id + "/events",
      {"Authorization: Bearer " + w.admin, "Accept: text/event-stream"});
  CHECK(events.status == 200);
  auto direct = w.get("/api/v1/queries/" + id + "/results?limit=100");
  auto relayed =
      test::ask(relay->port(), "GET",
                "/api/v1/queries/" + id + "/results?limit=100", token);
  CHECK(relayed.status == 200);
  CHECK(relayed.body == direct.body);
  CHECK(relayed.header("ETag") == direct.header("ETag"));
  auto unchanged = test::ask(
      relay->port(), "GET", "/api/v1/queries/" + id + "/results?limit=100",
      {token[0], "If-None-Match: " + direct.header("ETag")});
  CHECK(unchanged.status == 304);
  CHECK(unchanged.body.empty());
  auto refused = test::ask(relay->port(), "GET", "/api/v1/queries");
  CHECK(refused.status == 401);
  CHECK_FALSE(refused.header("WWW-Authenticate").empty());
}

TEST_CASE(
    "a relay asks nobody but its coordinators, whatever the target says") {
  std::atomic<int> asked{0};
  auto listen = [&asked] {
    nodes::request_handler note = [&asked](const nodes::server_request& one) {
      ++asked;
      nodes::server_response answer;
      answer.body = one.target;
      return answer;
    };
    return *nodes::http_server::start({}, std::move(note));
  };
  auto other = listen();
  auto relay = relay_to({url_of(test::free_port())});
  auto where = "127.0.0.1:" + std::to_string(other->port());
  for (const auto& target :
       {'@' + where + "/secret", ":x@" + where + "/", std::string{"*"}}) {
    auto refused =
        test::ask(relay->port(), "GET", target, {"Authorization: Bearer mine"});
    INFO(target);
    CHECK(refused.status == 400);
  }
  CHECK(asked == 0);
  // RFC 9112 3.2.2: scheme and host of a target are the client's own.
  auto coordinator = listen();
  relay = relay_to({url_of(coordinator->port())});
  CHECK(test::ask(relay->port(), "GET", "http://" + where + "/a?b").body
        == "/a?b");
}

TEST_CASE("a relay without a coordinator says so and is alive itself") {
  auto relay = relay_to({url_of(test::free_port())});
  CHECK(test::ask(relay->port(), "GET", "/healthz").status == 200);
  auto lost = test::ask(relay->port(), "GET", "/readyz");
  CHECK(lost.status == 502);
  CHECK(json_value::parse(lost.body)["title"] == "Bad Gateway");
  CHECK(json_value::parse(lost.body)["code"] == "node_lost");
}

TEST_CASE("a relay ends although a client still listens to a stream") {
  nodes::http_server_options serving;
  std::promise<void> heard;
  nodes::deferring_handler handler = [&heard](nodes::server_request,
                                              nodes::responder answer) {
    nodes::server_response endless;
    auto first = std::make_shared<bool>(true);
    // Says something once, then nothing.
    endless.stream = [first,
                      &heard](std::function<void(nodes::body_part)> take) {
      if (std::exchange(*first, false))
        take({"begun", nodes::body_part::kind::more});
      else
        heard.set_value();
    };
    answer(std::move(endless));
  };
  auto silent = *nodes::http_server::start(serving, handler);
  auto relay = relay_to({url_of(silent->port())});
  std::thread client([port = relay->port()] {
    // It sees that the body is not whole.
    CHECK_THROWS_AS(test::ask(port, "GET", "/stream"), std::runtime_error);
  });
  heard.get_future().wait();
  relay.reset();
  client.join();
}
