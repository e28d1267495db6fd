#include "actors/fetch/browser_gate.hpp"
#include "actors/fetch/browser_log.hpp"
#include "actors/fetch/curl_client.hpp"

#include "nodes/http_server.hpp"

#include <catch2/catch.hpp>

#include <future>

using namespace jobfarm;
using namespace jobfarm::fetch;

namespace {

struct rig {
  explicit rig(gate_options options = {}) {
    options.allowed_hosts = {"127.0.0.1"};
    gate = *browser_gate::start(std::move(options));
    http_client_options http;
    http.allowed_hosts = {"127.0.0.1", "localhost", "10.0.0.1", "intranet"};
    client = make_curl_client(http);
  }

  /// Asks through the gate, which is to resolve the name.
  bool reaches(const std::string& host, const std::string& path = "/") const {
    http_order order;
    order.request.url =
        "http://" + host + ':' + std::to_string(server->port()) + path;
    order.via.proxy_url = "socks5h://127.0.0.1:" + std::to_string(gate->port());
    std::promise<expected<http_response>> done;
    client->fetch(std::move(order),
                  [&](auto got) { done.set_value(std::move(got)); });
    auto got = done.get_future().get();
    return got && got->status == 200;
  }

  std::unique_ptr<nodes::http_server> server =
      *nodes::http_server::start({}, [](const nodes::server_request& request) {
        nodes::server_response made;
        made.body.assign(request.target == "/large" ? 4u << 20 : 10, 'x');
        return made;
      });
  std::unique_ptr<browser_gate> gate;
  std::unique_ptr<http_client> client;
};

std::string entry(const std::string& method, const std::string& params) {
  std::string message = "{\\\"message\\\":{\\\"method\\\":\\\"Network." + method
                        + "\\\",\\\"params\\\":{";
  for (char c : params)
    message += c == '"' ? "\\\"" : std::string(1, c);
  return "{\"level\":\"INFO\",\"message\":\"" + message
         + "}},\\\"webview\\\":\\\"W\\\"}\"}";
}

std::string asked(const std::string& id, const std::string& frame,
                  const std::string& type, const std::string& url) {
  return entry("requestWillBeSent", R"("requestId":")" + id + R"(","frameId":")"
                                        + frame + R"(","type":")" + type
                                        + R"(","request":{"url":")" + url
                                        + "\"}");
}

} // namespace

TEST_CASE("a gate lets through to what is allowed, while it is open") {
  rig r;
  CHECK_FALSE(r.reaches("127.0.0.1"));
  r.gate->open();
  CHECK(r.reaches("127.0.0.1"));
  r.gate->close();
  CHECK_FALSE(r.reaches("127.0.0.1"));
  r.gate->open();
  CHECK(r.reaches("127.0.0.1"));
}

TEST_CASE("a gate judges the address behind a name and tells why not") {
  rig r;
  r.gate->open();
  for (const auto* host : {"localhost", "10.0.0.1"}) {
    INFO(host);
    CHECK_FALSE(r.reaches(host));
    REQUIRE(r.gate->refusal(host));
    CHECK(r.gate->refusal(host)->code == errc::blocked_address);
  }
  r.gate->open();
  CHECK_FALSE(r.gate->refusal("localhost"));
}

TEST_CASE("a gate closes on a page that brings in too much") {
  gate_options small;
  small.most_page_bytes = 1u << 20;
  rig r(small);
  r.gate->open();
  CHECK(r.reaches("127.0.0.1"));
  CHECK_FALSE(r.gate->is_spent());
  CHECK_FALSE(r.reaches("127.0.0.1", "/large"));
  CHECK(r.gate->is_spent());
  r.gate->open();
  CHECK(r.reaches("127.0.0.1"));
}

TEST_CASE("a gate lets none but Google's pages through to Google's") {
  // Closed: nothing goes out.
  rig outer;
  gate_options options;
  options.proxy_url =
      "socks5h://127.0.0.1:" + std::to_string(outer.gate->port());
  rig inner(options);
  for (const auto* page : {"", "jobs.example", "notgoogle.com"}) {
    INFO(page);
    inner.gate->open(page);
    CHECK_FALSE(inner.reaches("www.google.com"));
    CHECK(inner.gate->hosts().empty());
    REQUIRE(inner.gate->refusal("www.google.com"));
    CHECK(inner.gate->refusal("www.google.com")->code == errc::blocked_address);
  }
  for (const auto* page : {"google.com", "careers.google.com"}) {
    INFO(page);
    inner.gate->open(page);
    CHECK_FALSE(inner.reaches("www.google.com"));
    CHECK(inner.gate->hosts() == std::set<std::string>{"www.google.com"});
  }
}

TEST_CASE("a gate goes out through the proxy it is given") {
  rig outer;
  outer.gate->open();
  gate_options options;
  options.proxy_url =
      "socks5h://127.0.0.1:" + std::to_string(outer.gate->port());
  rig inner(options);
  inner.gate->open();
  CHECK(inner.reaches("127.0.0.1"));
  // A name of the proxy's own network.
  CHECK_FALSE(inner.reaches("intranet"));
  REQUIRE(inner.gate->refusal("intranet"));
  CHECK(inner.gate->refusal("intranet")->code == errc::blocked_address);
  outer.gate->close();
  CHECK_FALSE(inner.reaches("127.0.0.1"));
  CHECK(inner.gate->refusal("127.0.0.1")->code == errc::proxy_failed);
}

TEST_CASE("a browser's log tells the window's document from its parts") {
  browser_log log;
  log.read('[' + asked("1", "W", "Document", "http://a.example/") + ','
           + asked("2", "W", "Script", "http://a.example/x.js") + ','
           + asked("3", "F", "Document", "http://b.example/frame") + ','
           + asked("4", "W", "EventSource", "http://a.example/stream") + ']');
  CHECK(log.main().url == "http://a.example/");
  CHECK(log.navigations() == 1);
  CHECK_FALSE(log.is_quiet());
  log.read(
      '['
      + entry("responseReceived",
              R"("requestId":"3","frameId":"F","type":"Document","response":)"
              R"({"url":"http://b.example/frame","status":404,"headers":{}})")
      + ','
      + entry("responseReceived",
              R"("requestId":"1","frameId":"W","type":"Document","response":)"
              R"({"url":"http://a.example/home","status":503,)"
              R"("headers":{"Retry-After":"7"}})")
      + ']');
  CHECK(log.main().url == "http://a.example/home");
  CHECK(log.main().status == 503);
  REQUIRE(log.main().headers.size() == 1);
  CHECK(log.main().headers[0].name == "retry-after");
  log.read(
      '['
      + entry("loadingFinished", R"("requestId":"1","encodedDataLength":70)")
      + ',' + entry("loadingFailed", R"("requestId":"2","errorText":"net::X")")
      + ','
      + entry("loadingFinished", R"("requestId":"3","encodedDataLength":5.0)")
      + ']');
  CHECK(log.is_quiet());
  CHECK(log.main().error.empty());
  CHECK(log.wire_bytes() == 75);
  // A script leads on: only the new document counts.
  log.read('[' + asked("5", "W", "Document", "http://c.example/") + ','
           + entry("loadingFailed",
                   R"("requestId":"5","errorText":"net::ERR_FAILED")")
           + ']');
  CHECK(log.navigations() == 2);
  CHECK(log.main().status == 0);
  CHECK(log.main().error == "net::ERR_FAILED");
}

TEST_CASE("a browser's log takes any bytes") {
  for (const auto* text :
       {"", "null", "[", "[1,null,{}]", "[{\"message\":5}]",
        "[{\"message\":\"{\"}]", "[{\"message\":\"{\\\"message\\\":[]}\"}]",
        "\xFF\xFE"}) {
    browser_log log;
    log.read(text);
    CHECK(log.is_quiet());
  }
}
