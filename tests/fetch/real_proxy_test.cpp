#include "actors/fetch/curl_client.hpp"
#include "actors/fetch/identity_client.hpp"

#include "nodes/http_server.hpp"
#include "tests/fetch/real_proxies.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <future>

// Real proxies of Debian, each a process of this test on a free port.

using namespace jobfarm;
using namespace jobfarm::fetch;
using namespace std::chrono_literals;

namespace {

using scratch = test::open_directory;
using test::microsocks;
using test::squid;
using test::tinyproxy;

proxy_server at(const std::string& scheme, std::uint16_t port,
                std::int32_t tier = 1) {
  proxy_server one;
  one.url = scheme + "://127.0.0.1:" + std::to_string(port);
  one.tier = tier;
  return one;
}

/// A site that counts who comes; each source is another user.
struct site {
  std::atomic<int> requests{0};
  std::unique_ptr<nodes::http_server> server = *nodes::http_server::start(
      {}, [this](const nodes::server_request& request) {
        ++requests;
        nodes::server_response made;
        if (request.target == "/429")
          made.status = 429;
        made.body = "jobs";
        return made;
      });
  std::string url(const std::string& path = "/jobs") const {
    return "http://127.0.0.1:" + std::to_string(server->port()) + path;
  }
};

struct rig {
  explicit rig(std::vector<proxy_server> proxies) {
    http_client_options http;
    http.allowed_hosts = {"127.0.0.1"};
    http.limits.total_timeout = 5s;
    identity_options identity;
    identity.proxies = std::move(proxies);
    identity.is_wall = [](const http_request&, const http_response& answer) {
      return answer.body == "are you human?";
    };
    made = make_identity_client(make_curl_client(http), std::move(identity));
  }
  expected<http_response> get(const std::string& url,
                              const std::string& source) {
    std::promise<expected<http_response>> done;
    http_request request;
    request.url = url;
    fetch_route route;
    route.source = source;
    made.client->fetch({request, route},
                       [&](auto answer) { done.set_value(std::move(answer)); });
    return done.get_future().get();
  }
  identity_client made;
};

} // namespace

TEST_CASE("http and socks5 proxies of three makes carry requests") {
  if (!test::are_proxies_installed())
    return;
  scratch dir;
  site jobs;
  auto tiny = tinyproxy(dir);
  auto socks = microsocks();
  auto cache = squid(dir);
  for (const auto& proxy : {at("http", tiny->port), at("socks5", socks->port),
                            at("http", cache->port)}) {
    INFO(proxy.url);
    auto before = jobs.requests.load();
    rig r({proxy});
    auto got = r.get(jobs.url(), "a");
    REQUIRE(got);
    CHECK(got->body == "jobs");
    CHECK(jobs.requests == before + 1);
    CHECK(r.made.board->proxies()[0].requests == 1);
  }
}

TEST_CASE("user and password open a proxy, without them it is proxy_failed") {
  if (!test::are_proxies_installed())
    return;
  scratch dir;
  site jobs;
  auto tiny = tinyproxy(dir, "BasicAuth me secret\n");
  auto socks = microsocks({"-u", "me", "-P", "secret"});
  for (auto proxy : {at("http", tiny->port), at("socks5", socks->port)}) {
    INFO(proxy.url);
    {
      rig r({proxy});
      auto got = r.get(jobs.url(), "a");
      REQUIRE_FALSE(got);
      CHECK(got.error().code == errc::proxy_failed);
      CHECK(got.error().detail.find("secret") == std::string::npos);
    }
    proxy.user = "me";
    proxy.password = "secret";
    rig r({proxy});
    CHECK(r.get(jobs.url(), "a"));
  }
}

TEST_CASE("one proxy dead, one a wall: all is fetched, nothing goes direct") {
  if (!test::are_proxies_installed())
    return;
  scratch dir;
  site jobs;
  auto tiny = tinyproxy(dir);
  auto socks = microsocks();
  auto dead = tinyproxy(dir);
  std::atomic<int> walled{0};
  auto wall = *nodes::http_server::start({}, [&](const auto&) {
    ++walled;
    nodes::server_response made;
    made.body = "are you human?";
    return made;
  });
  rig r({at("http", dead->port), at("http", wall->port()),
         at("socks5", socks->port), at("http", tiny->port, 2)});
  dead->stop();
  int answered = 0;
  int tries = 0;
  for (int source = 0; source < 6; ++source)
    for (int page = 0; page < 5; ++page)
      for (int attempt = 0; attempt < 4; ++attempt) {
        ++tries;
        auto got = r.get(jobs.url(), "s" + std::to_string(source));
        REQUIRE(got);
        if (got->body == "jobs") {
          ++answered;
          break;
        }
      }
  CHECK(answered == 30);
  CHECK(jobs.requests == 30);
  std::int64_t carried = 0;
  for (const auto& one : r.made.board->proxies()) {
    carried += one.requests;
    WARN(one.url << " tier " << one.tier << ": " << one.requests
                 << " requests, " << one.failures << " failed, " << one.bans
                 << " walled, " << one.state);
  }
  // Each try through a proxy, the dead one's twice over.
  CHECK(carried >= tries);
  CHECK(r.made.board->proxies()[0].state == "quarantined");
  CHECK(walled >= 1);
  tiny->stop();
  socks->stop();
  auto got = r.get(jobs.url(), "s0");
  while (got && got->body == "are you human?")
    got = r.get(jobs.url(), "s0");
  REQUIRE_FALSE(got);
  CHECK(got.error().code == errc::proxy_failed);
  CHECK(jobs.requests == 30);
}

TEST_CASE("a 429 burns no proxy") {
  if (!test::are_proxies_installed())
    return;
  scratch dir;
  site jobs;
  auto tiny = tinyproxy(dir);
  rig r({at("http", tiny->port)});
  for (int i = 0; i < 5; ++i)
    CHECK(r.get(jobs.url("/429"), "a")->status == 429);
  CHECK(r.made.board->proxies()[0].state == "healthy");
}
