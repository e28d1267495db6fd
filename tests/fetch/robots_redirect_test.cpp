#include "actors/fetch/curl_client.hpp"
#include "actors/fetch/robots_client.hpp"

#include "nodes/http_server.hpp"

#include <catch2/catch.hpp>

#include <future>
#include <mutex>
#include <string>
#include <vector>

using namespace jobfarm;
using namespace jobfarm::fetch;
using namespace std::chrono_literals;

namespace {

/// A host with a robots.txt; `/to?URL` redirects there by 307, `/see?URL` by
/// 303. Any other page says who asked, and how.
class host {
public:
  explicit host(std::string robots) : robots_(std::move(robots)) {
  }

  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(server_->port()) + path;
  }

  /// Paths in the order in which they were asked for.
  std::vector<std::string> asked() {
    std::lock_guard lock(mutex_);
    return asked_;
  }

private:
  nodes::server_response answer(const nodes::server_request& request) {
    const auto& path = request.target;
    {
      std::lock_guard lock(mutex_);
      asked_.push_back(path.substr(0, path.find('?')));
    }
    nodes::server_response made;
    made.body = path == "/robots.txt"
                    ? robots_
                    : request.method + ' ' + request.body + ' '
                          + std::string{request.header("authorization")};
    if (path.substr(0, 4) == "/to?")
      made.status = 307, made.headers = {{"Location", path.substr(4)}};
    if (path.substr(0, 5) == "/see?")
      made.status = 303, made.headers = {{"Location", path.substr(5)}};
    return made;
  }

  const std::string robots_;
  std::mutex mutex_;
  std::vector<std::string> asked_;
  std::unique_ptr<nodes::http_server> server_ = *nodes::http_server::start(
      {},
      [this](const nodes::server_request& request) { return answer(request); });
};

std::shared_ptr<http_client> polite_client() {
  http_client_options options;
  options.allowed_hosts = {"127.0.0.1"};
  options.limits.total_timeout = 5s;
  return make_robots_client(make_curl_client(options), {});
}

expected<http_response> send(http_client& client, http_order order) {
  std::promise<expected<http_response>> done;
  client.fetch(std::move(order),
               [&](auto answer) { done.set_value(std::move(answer)); });
  return done.get_future().get();
}

http_order order_of(std::string url) {
  http_request request;
  request.url = std::move(url);
  return request;
}

using paths = std::vector<std::string>;

const std::string all_open = "User-agent: *\nDisallow:\n";
const std::string part_closed = "User-agent: *\nDisallow: /private\n";

} // namespace

TEST_CASE("a redirect is followed only where the other host's robots.txt lets "
          "it") {
  host first(all_open);
  host other(part_closed);
  auto client = polite_client();
  auto got =
      send(*client, order_of(first.url("/to?" + other.url("/private/1"))));
  REQUIRE_FALSE(got);
  CHECK(got.error().code == errc::robots_denied);
  CHECK(got.error().detail.find(other.url("/private/1")) != std::string::npos);
  CHECK(other.asked() == paths{"/robots.txt"});
  // Known by now: judged without asking again.
  CHECK_FALSE(
      send(*client, order_of(first.url("/to?" + other.url("/private/2")))));
  CHECK(other.asked() == paths{"/robots.txt"});
  auto allowed =
      send(*client, order_of(first.url("/to?" + other.url("/jobs"))));
  REQUIRE(allowed);
  CHECK(allowed->final_url == other.url("/jobs"));
}

TEST_CASE("a redirect within a host is judged too") {
  host only(part_closed);
  auto client = polite_client();
  auto got = send(*client, order_of(only.url("/to?/private")));
  REQUIRE_FALSE(got);
  CHECK(got.error().code == errc::robots_denied);
  CHECK(only.asked() == paths{"/robots.txt", "/to"});
}

TEST_CASE("each hop of a chain is judged, none is asked for twice") {
  host first(all_open);
  host second(all_open);
  host third(part_closed);
  auto client = polite_client();
  auto chain = [&](const std::string& end) {
    return order_of(first.url("/to?" + second.url("/to?" + third.url(end))));
  };
  auto got = send(*client, chain("/jobs"));
  REQUIRE(got);
  CHECK(got->final_url == third.url("/jobs"));
  CHECK(first.asked() == paths{"/robots.txt", "/to"});
  CHECK(second.asked() == paths{"/robots.txt", "/to"});
  CHECK(third.asked() == paths{"/robots.txt", "/jobs"});
  auto denied = send(*client, chain("/private"));
  REQUIRE_FALSE(denied);
  CHECK(denied.error().code == errc::robots_denied);
}

TEST_CASE("a hop that waits for robots.txt goes on as the redirect asks") {
  host first(all_open);
  auto post_to = [&](const std::string& kind, const std::string& to) {
    auto order = order_of(first.url(kind + to));
    order.request.method = "POST";
    order.request.body = "query";
    order.request.headers = {{"Authorization", "Basic secret"}};
    return order;
  };
  auto client = polite_client();
  // RFC 9110 15.4: 307 keeps the method, 303 makes it GET; the secret stays.
  host keeping(all_open);
  auto kept = send(*client, post_to("/to?", keeping.url("/jobs")));
  REQUIRE(kept);
  CHECK(kept->body == "POST query ");
  host changing(all_open);
  auto changed = send(*client, post_to("/see?", changing.url("/jobs")));
  REQUIRE(changed);
  CHECK(changed->body == "GET  ");
}

TEST_CASE("redirects between hosts are counted together") {
  std::vector<std::unique_ptr<host>> hosts;
  for (int i = 0; i < 7; ++i)
    hosts.push_back(std::make_unique<host>(all_open));
  auto url = hosts.back()->url("/jobs");
  for (int i = 5; i >= 0; --i)
    url = hosts[static_cast<std::size_t>(i)]->url("/to?" + url);
  auto client = polite_client();
  auto got = send(*client, order_of(url));
  REQUIRE_FALSE(got);
  CHECK(got.error().code == errc::http_error);
  CHECK(got.error().detail.find("more than 5 redirects") != std::string::npos);
  CHECK(hosts.back()->asked().empty());
}

TEST_CASE("a redirect inside is refused as such, robots.txt or not") {
  host first(all_open);
  auto client = polite_client();
  for (const auto* to : {"http://169.254.169.254/meta", "http://[::1]/",
                         "http://2130706433/", "file:///etc/hosts"}) {
    CAPTURE(to);
    auto got = send(*client, order_of(first.url("/to?" + std::string{to})));
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::blocked_address);
  }
}

TEST_CASE("the operator's word holds for redirects as well") {
  host first(all_open);
  host other(part_closed);
  auto client = polite_client();
  auto order = order_of(first.url("/to?" + other.url("/private")));
  order.route.obeys_robots = false;
  CHECK(send(*client, order));
  CHECK(other.asked() == paths{"/private"});
}
