#include "actors/fetch/caching_client.hpp"
#include "actors/fetch/retry_after.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace jobfarm;
using namespace jobfarm::fetch;

namespace {

cached_page_ptr page_of(std::string body, std::string etag = "\"1\"") {
  auto page = std::make_shared<cached_page>();
  page->body = std::move(body);
  page->etag = std::move(etag);
  return page;
}

/// Answers with an ETag by version, 304 where it matches.
class versioned_site : public http_client {
public:
  transfer_id fetch(http_order order, http_done done) override {
    ++asked;
    http_response answer;
    answer.status = status;
    answer.final_url = order.request.url;
    answer.sitemaps = {"https://a.example/sitemap.xml"};
    answer.body = body;
    answer.wire_bytes = static_cast<std::int64_t>(body.size());
    if (!etag.empty())
      answer.headers.push_back({"etag", etag});
    if (!control.empty())
      answer.headers.push_back({"cache-control", control});
    if (!more_control.empty())
      answer.headers.push_back({"cache-control", more_control});
    for (const auto& one : more_headers)
      answer.headers.push_back(one);
    answer.elapsed = elapsed;
    answer.is_wall = is_wall;
    for (const auto& one : order.request.headers)
      if (one.name == "If-None-Match" && one.value == etag) {
        answer.status = 304;
        answer.body = {};
        answer.wire_bytes = 0;
      }
    if (hold)
      held.emplace_back(std::move(done), answer);
    else
      done(std::move(answer));
    return static_cast<transfer_id>(asked);
  }
  void cancel(transfer_id) override {
  }

  std::int32_t status = 200;
  std::string body = "[1,2,3]";
  std::string etag = "W/\"v1\"";
  std::string control;
  std::string more_control;
  std::vector<http_header> more_headers;
  std::chrono::microseconds elapsed{0};
  bool is_wall = false;
  bool hold = false;
  std::vector<std::pair<http_done, http_response>> held;
  int asked = 0;
};

struct rig {
  http_response get(const std::string& url = "https://a.example/board",
                    const std::string& credential = "") {
    http_response got;
    http_request request;
    request.url = url;
    request.credential = credential;
    client->fetch(std::move(request), [&](auto answer) {
      REQUIRE(answer);
      got = *std::move(answer);
    });
    return got;
  }

  /// The answer to who knows a version.
  http_response get_knowing(const std::string& etag) {
    http_response got;
    http_order order;
    order.request.url = "https://a.example/board";
    order.route.known = page_version{etag, "", "reader"};
    client->fetch(std::move(order), [&](auto answer) {
      REQUIRE(answer);
      got = *std::move(answer);
    });
    return got;
  }

  std::shared_ptr<versioned_site> site = std::make_shared<versioned_site>();
  std::int64_t now = 1'000'000;
  std::shared_ptr<http_client> client =
      make_caching_client(site, std::make_shared<memory_page_cache>(1u << 20),
                          {}, [this] { return now; });
};

} // namespace

TEST_CASE("an unchanged page costs no body and is there all the same") {
  rig r;
  CHECK(r.get().wire_bytes == 7);
  auto again = r.get();
  CHECK(again.status == 200);
  CHECK(again.body == "[1,2,3]");
  CHECK(again.wire_bytes == 0);
  CHECK(r.site->asked == 2);
  r.site->etag = "W/\"v2\"";
  r.site->body = "[4]";
  CHECK(r.get().body == "[4]");
}

TEST_CASE("who knows the version of a page is told that it holds") {
  rig r;
  // Kept here or not.
  CHECK(r.get_knowing("W/\"v1\"").status == 304);
  r.get();
  auto again = r.get_knowing("W/\"v1\"");
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  CHECK(r.site->asked == 3);
  // What is kept is not what is known.
  auto other = r.get_knowing("W/\"v0\"");
  CHECK(other.status == 200);
  CHECK(other.body == "[1,2,3]");
  r.site->etag = "W/\"v2\"";
  r.site->body = "[4]";
  CHECK(r.get_knowing("W/\"v2\"").status == 304);
  CHECK(r.get_knowing("W/\"v1\"").body == "[4]");
  CHECK(r.get().body == "[4]");
}

TEST_CASE("who knows the version of a page that is fresh is told so at once") {
  rig r;
  r.site->control = "max-age=60";
  r.get();
  CHECK(r.get_knowing("W/\"v1\"").status == 304);
  CHECK(r.get_knowing("W/\"v0\"").status == 200);
  CHECK(r.site->asked == 1);
  r.now += 61;
  CHECK(r.get_knowing("W/\"v1\"").status == 304);
  CHECK(r.site->asked == 2);
  // The answer made it fresh for all.
  CHECK(r.get().body == "[1,2,3]");
  CHECK(r.site->asked == 2);
}

TEST_CASE("who knows different versions is not told the same") {
  rig r;
  r.site->hold = true;
  std::vector<std::int32_t> told;
  for (const auto* etag : {"", "W/\"v1\"", "W/\"v1\"", "W/\"v0\""}) {
    http_order order;
    order.request.url = "https://a.example/board";
    if (*etag)
      order.route.known = page_version{etag, "", "reader"};
    r.client->fetch(std::move(order),
                    [&](auto answer) { told.push_back(answer->status); });
  }
  REQUIRE(r.site->held.size() == 3);
  for (auto& [done, answer] : r.site->held)
    done(answer);
  CHECK(told == std::vector<std::int32_t>{200, 304, 304, 200});
}

TEST_CASE("pages for one user, and those that say so, are not kept") {
  rig r;
  r.get("https://a.example/board", "careerjet");
  CHECK(r.get("https://a.example/board", "careerjet").wire_bytes == 7);
  r.site->control = "no-store";
  r.get("https://a.example/other");
  CHECK(r.get("https://a.example/other").wire_bytes == 7);
  // RFC 9111 5.2: in any case; RFC 9110 5.3: in any of several headers.
  r.site->control = "No-Store";
  r.get("https://a.example/third");
  CHECK(r.get("https://a.example/third").wire_bytes == 7);
  r.site->control = "max-age=600";
  r.site->more_control = "no-store";
  r.get("https://a.example/fourth");
  CHECK(r.get("https://a.example/fourth").wire_bytes == 7);
}

TEST_CASE("a wall is not kept: who asks again may be another for the site") {
  rig r;
  r.site->control = "max-age=600";
  r.site->is_wall = true;
  r.get();
  r.site->is_wall = false;
  r.site->body = "[]";
  CHECK(r.get().body == "[]");
}

TEST_CASE("a page of a clock that was ahead is asked for again") {
  rig r;
  r.site->control = "max-age=600";
  r.now += 86'400;
  r.get();
  r.now -= 86'400;
  r.get();
  CHECK(r.site->asked == 2);
}

TEST_CASE("who asks while a request is being cancelled is answered") {
  rig r;
  r.site->hold = true;
  http_request request;
  request.url = "https://a.example/board";
  std::vector<std::string> ends;
  auto note = [&](auto got) {
    ends.push_back(got ? std::string{got->body.view()}
                       : std::string{to_string(got.error().code)});
  };
  auto first = r.client->fetch(request, note);
  r.client->cancel(first);
  r.client->fetch(request, note);
  REQUIRE(r.site->held.size() == 2);
  r.site->held[0].first(fail(errc::cancelled, "fetch: cancelled"));
  r.site->held[1].first(r.site->held[1].second);
  CHECK(ends == std::vector<std::string>{"cancelled", "[1,2,3]"});
}

TEST_CASE("max-age is believed up to a bound, a missing page for a while") {
  rig r;
  r.site->control = "max-age=86400";
  r.get();
  r.now += 599;
  r.get();
  CHECK(r.site->asked == 1);
  r.now += 2;
  r.get();
  CHECK(r.site->asked == 2);
  r.site->control.clear();
  r.site->status = 404;
  r.site->etag.clear();
  CHECK(r.get("https://a.example/gone").status == 404);
  r.now += 59;
  CHECK(r.get("https://a.example/gone").status == 404);
  CHECK(r.site->asked == 3);
  r.now += 1;
  r.get("https://a.example/gone");
  CHECK(r.site->asked == 4);
}

TEST_CASE("RFC 9111 4.2.3: what an answer aged on its way is fresh no more") {
  rig r;
  r.site->control = "max-age=300";
  auto fresh_for = [&](std::vector<http_header> headers) {
    static int number = 0;
    auto url = "https://a.example/" + std::to_string(++number);
    r.site->more_headers = std::move(headers);
    r.get(url);
    auto begin = r.now;
    for (auto asked = r.site->asked; r.site->asked == asked; ++r.now)
      r.get(url);
    return r.now - 1 - begin;
  };
  CHECK(fresh_for({}) == 300);
  CHECK(fresh_for({{"age", "290"}}) == 10);
  CHECK(fresh_for({{"age", " 290, 1"}}) == 10);
  CHECK(fresh_for({{"age", "301"}}) == 0);
  CHECK(fresh_for({{"age", "99999999999999999999"}}) == 0);
  for (const auto* none : {"", "x", "-5", "1.5"})
    CHECK(fresh_for({{"age", none}}) == 300);
  // The site's own clock, where no cache counts.
  r.now = *parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(fresh_for({{"date", "Sun, 06 Nov 1994 08:47:37 GMT"}}) == 180);
  r.site->elapsed = std::chrono::seconds{20};
  r.now = 1'000'000;
  CHECK(fresh_for({{"age", "30"}}) == 250);
}

TEST_CASE("a kept page knows the sitemaps that were named beside it") {
  rig r;
  const std::vector<std::string> named = {"https://a.example/sitemap.xml"};
  CHECK(r.get().sitemaps == named);
  CHECK(r.get().sitemaps == named);
  r.site->control = "max-age=600";
  CHECK(r.get().sitemaps == named);
  auto asked = r.site->asked;
  CHECK(r.get().sitemaps == named);
  CHECK(r.site->asked == asked);
}

TEST_CASE("equal requests at the same time are one") {
  rig r;
  r.site->hold = true;
  int answered = 0;
  std::int64_t wire = 0;
  for (int i = 0; i < 10; ++i) {
    http_request request;
    request.url = "https://a.example/board";
    r.client->fetch(request, [&](auto got) {
      ++answered;
      wire += got ? got->wire_bytes : 0;
    });
  }
  REQUIRE(r.site->held.size() == 1);
  auto [done, answer] = std::move(r.site->held.front());
  done(answer);
  CHECK(answered == 10);
  CHECK(wire == 7);
}

TEST_CASE("memory is bounded, the least recently used pages go") {
  memory_page_cache cache(64u << 10);
  for (int i = 0; i < 100; ++i) {
    cache.put("k" + std::to_string(i), page_of(std::string(4000, 'x')));
    cache.get("k0");
  }
  CHECK(cache.bytes() <= 64u << 10);
  CHECK(cache.get("k0"));
  CHECK(cache.get("k99"));
  CHECK_FALSE(cache.get("k1"));
  cache.put("huge", page_of(std::string(60u << 10, 'x')));
  CHECK_FALSE(cache.get("huge"));
}

TEST_CASE("a page is bytes and back; other bytes are no page") {
  std::string bytes;
  append_page_head(bytes, *page_of("body\0x", "\"e\""));
  bytes += "body\0x";
  auto back = decode_page(bytes);
  REQUIRE(back);
  CHECK(back->etag == "\"e\"");
  for (std::size_t i = 0; i < bytes.size(); ++i)
    CHECK_FALSE(decode_page(std::string_view(bytes).substr(0, i)));
  CHECK_FALSE(decode_page(bytes + "x"));
}

TEST_CASE("what is found on disk is promoted to memory") {
  auto upper = std::make_shared<memory_page_cache>(1u << 20);
  auto lower = std::make_shared<memory_page_cache>(1u << 20);
  lower->put("k", page_of("x"));
  auto levels = make_page_cache_levels(upper, lower);
  CHECK(levels->get("k"));
  CHECK(upper->get("k"));
}
