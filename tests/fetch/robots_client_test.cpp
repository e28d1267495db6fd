#include "actors/fetch/robots_client.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace jobfarm;
using namespace jobfarm::fetch;
using namespace std::chrono_literals;

namespace {

/// A web of scripted answers that come when the test says so.
class scripted_web : public http_client {
public:
  transfer_id fetch(http_order order, http_done done) override {
    asked.push_back(order.request.url);
    pending.emplace_back(order.request.url, std::move(done));
    return asked.size();
  }
  void cancel(transfer_id) override {
  }

  void answer_all() {
    while (!pending.empty()) {
      auto [url, done] = std::move(pending.front());
      pending.erase(pending.begin());
      auto known = answers.find(url);
      if (known != answers.end())
        done(known->second);
      else
        done(http_response{});
    }
  }

  std::map<std::string, expected<http_response>> answers;
  std::vector<std::string> asked;
  std::vector<std::pair<std::string, http_done>> pending;
};

http_response page(std::int32_t status, std::string body) {
  http_response made;
  made.status = status;
  made.body = std::move(body);
  return made;
}

struct rig {
  expected<http_response> get(const std::string& url, bool obeys = true) {
    expected<http_response> got = fail(errc::internal, "no answer");
    fetch_route route;
    route.obeys_robots = obeys;
    http_request request;
    request.url = url;
    client->fetch({request, route},
                  [&](auto answer) { got = std::move(answer); });
    web->answer_all();
    return got;
  }

  std::size_t robots_asked() const {
    std::size_t count = 0;
    for (const auto& url : web->asked)
      count += url.find("/robots.txt") != url.npos;
    return count;
  }

  std::shared_ptr<scripted_web> web = std::make_shared<scripted_web>();
  fetch_time now{};
  std::shared_ptr<http_client> client =
      make_robots_client(web, {}, [this] { return now; });
};

} // namespace

TEST_CASE("what robots.txt disallows is not asked for") {
  rig r;
  r.web->answers.emplace("https://a.example/robots.txt",
                         page(200, "User-agent: *\nDisallow: /private\n"
                                   "Crawl-delay: 3\n"));
  auto denied = r.get("https://a.example/private/1");
  REQUIRE_FALSE(denied);
  CHECK(denied.error().code == errc::robots_denied);
  auto allowed = r.get("https://a.example/jobs");
  REQUIRE(allowed);
  CHECK(allowed->crawl_delay_s == 3.0);
  CHECK(r.web->asked
        == std::vector<std::string>{"https://a.example/robots.txt",
                                    "https://a.example/jobs"});
}

TEST_CASE(
    "a page comes with the sitemaps of its site, robots.txt's first ones") {
  rig r;
  std::string text = "Sitemap: https://a.example/jobs.xml\nUser-agent: *\n"
                     "Disallow: /x\nsitemap: /more.xml\n";
  r.web->answers.emplace("https://a.example/robots.txt", page(200, text));
  auto got = r.get("https://a.example/jobs");
  REQUIRE(got);
  CHECK(got->sitemaps
        == std::vector<std::string>{"https://a.example/jobs.xml", "/more.xml"});
  CHECK(r.get("https://b.example/jobs")->sitemaps.empty());
  for (int i = 0; i < 1000; ++i)
    text += "Sitemap: /" + std::to_string(i) + ".xml\n";
  r.web->answers.emplace("https://c.example/robots.txt", page(200, text));
  CHECK(r.get("https://c.example/jobs")->sitemaps.size() == 64);
}

TEST_CASE("the operator's word lets robots.txt be ignored") {
  rig r;
  r.web->answers.emplace("https://a.example/robots.txt",
                         page(200, "User-agent: *\nDisallow: /\n"));
  CHECK(r.get("https://a.example/jobs", false));
  CHECK(r.robots_asked() == 0);
}

TEST_CASE("many pages of one origin cost one robots.txt") {
  rig r;
  int answered = 0;
  for (int i = 0; i < 50; ++i) {
    http_request request;
    request.url = "https://a.example/" + std::to_string(i);
    r.client->fetch(request, [&](const auto&) { ++answered; });
  }
  CHECK(r.web->asked.size() == 1);
  r.web->answer_all();
  CHECK(answered == 50);
  CHECK(r.robots_asked() == 1);
}

TEST_CASE("RFC 9309 2.3.1: unavailable allows all, unreachable nothing") {
  rig r;
  r.web->answers.emplace("https://gone.example/robots.txt", page(404, ""));
  r.web->answers.emplace("https://shut.example/robots.txt", page(401, ""));
  r.web->answers.emplace("https://loop.example/robots.txt",
                         fail(errc::http_error, "more than 5 redirects"));
  for (const auto* url : {"https://gone.example/", "https://shut.example/",
                          "https://loop.example/"})
    CHECK(r.get(url));
  r.web->answers.emplace("https://down.example/robots.txt", page(503, ""));
  r.web->answers.emplace("https://dead.example/robots.txt",
                         fail(errc::connect_failed, "refused"));
  auto down = r.get("https://down.example/jobs");
  REQUIRE_FALSE(down);
  CHECK(down.error().code == errc::robots_denied);
  CHECK(down.error().status == 503);
  auto dead = r.get("https://dead.example/jobs");
  REQUIRE_FALSE(dead);
  CHECK(dead.error().code == errc::connect_failed);
  for (const auto& url : r.web->asked)
    CHECK(url.find("/jobs") == url.npos);
}

TEST_CASE("RFC 9309 2.4: a copy lives a day, and longer while unreachable") {
  rig r;
  const std::string robots = "https://a.example/robots.txt";
  r.web->answers.emplace(robots, page(200, "User-agent: *\nDisallow: /x\n"));
  CHECK_FALSE(r.get("https://a.example/x"));
  r.now += 23h;
  CHECK_FALSE(r.get("https://a.example/x"));
  CHECK(r.robots_asked() == 1);
  r.web->answers.insert_or_assign(robots, page(500, ""));
  r.now += 2h;
  CHECK_FALSE(r.get("https://a.example/x"));
  CHECK(r.get("https://a.example/y"));
  CHECK(r.robots_asked() == 2);
  r.web->answers.insert_or_assign(robots, page(404, ""));
  r.now += 2min;
  CHECK(r.get("https://a.example/x"));
}

TEST_CASE("Cache-Control shortens the life of a copy, never below minutes") {
  rig r;
  auto short_lived = page(200, "");
  short_lived.headers = {{"cache-control", "max-age=600"}};
  r.web->answers.emplace("https://a.example/robots.txt", short_lived);
  CHECK(r.get("https://a.example/"));
  r.now += 599s;
  CHECK(r.get("https://a.example/"));
  CHECK(r.robots_asked() == 1);
  r.now += 2s;
  CHECK(r.get("https://a.example/"));
  CHECK(r.robots_asked() == 2);
  short_lived.headers.push_back({"age", "200"});
  r.web->answers.emplace("https://b.example/robots.txt", short_lived);
  CHECK(r.get("https://b.example/"));
  r.now += 401s;
  CHECK(r.get("https://b.example/"));
  CHECK(r.robots_asked() == 4);
  CHECK(max_age_s({{"Cache-Control", "no-store"}}) == 0);
  CHECK_FALSE(max_age_s({{"Cache-Control", "public"}}));
}

TEST_CASE("large robots.txt of many hosts are bounded together") {
  robots_cache_options options;
  options.most_bytes = 1u << 20;
  robots_cache cache(options);
  std::string text = "User-agent: *\nDisallow: /private\n";
  while (text.size() < 200'000)
    text += "Disallow: /" + std::to_string(text.size()) + "\n";
  fetch_time now{};
  for (int i = 0; i < 100; ++i) {
    auto origin = "https://" + std::to_string(i) + ".example";
    cache.learn(origin, page(200, text), now += 1s);
    CHECK(cache.judge(origin + "/private", now)->denied);
    CHECK(cache.bytes() <= options.most_bytes);
  }
  CHECK(cache.size() > 0);
  CHECK(cache.evictions() == 100 - cache.size());
  // Longest unused: it has to be asked again.
  CHECK_FALSE(cache.judge("https://0.example/private", now));
  // Replaced rules count no more, nor do those of a site too large by itself.
  for (int i = 0; i < 100; ++i)
    cache.learn("https://99.example", page(404, ""), now);
  CHECK(cache.judge("https://99.example/private", now));
  options.most_bytes = 1;
  robots_cache small(options);
  small.learn("https://a.example", page(200, text), now);
  CHECK(small.judge("https://a.example/private", now)->denied);
  small.learn("https://b.example", page(404, ""), now);
  CHECK(small.bytes() == 0);
}

TEST_CASE("where a browser came to is judged as well") {
  rig r;
  auto moved = page(200, "");
  moved.final_url = "https://b.example/private/1";
  r.web->answers.emplace("https://a.example/1", moved);
  moved.final_url = "https://b.example/jobs";
  r.web->answers.emplace("https://a.example/2", moved);
  r.web->answers.emplace("https://b.example/robots.txt",
                         page(200, "User-agent: *\nDisallow: /private\n"));
  fetch_route route;
  route.by_browser = true;
  auto load = [&](const std::string& url) {
    expected<http_response> got = fail(errc::internal, "no answer");
    http_request request;
    request.url = url;
    r.client->fetch({request, route},
                    [&](auto answer) { got = std::move(answer); });
    r.web->answer_all();
    return got;
  };
  auto denied = load("https://a.example/1");
  REQUIRE_FALSE(denied);
  CHECK(denied.error().code == errc::robots_denied);
  auto allowed = load("https://a.example/2");
  REQUIRE(allowed);
  CHECK(allowed->final_url == "https://b.example/jobs");
  route.obeys_robots = false;
  CHECK(load("https://a.example/1"));
}
