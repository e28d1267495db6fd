#include "actors/fetch/proxy_pool.hpp"
#include "actors/fetch/session_pool.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::fetch;
using namespace std::chrono_literals;

namespace {

struct rig {
  explicit rig(const std::string& list)
      : pool(*read_proxies(list), proxy_policy{}) {
  }

  std::string choose(const std::string& session, std::int32_t tier = 1) {
    auto chosen = pool.choose(session, tier, now);
    if (!chosen)
      return std::string{to_string(chosen.error().code)};
    last = *chosen;
    return pool.at(last.index).url;
  }
  void tell(proxy_result result, std::chrono::milliseconds latency = 10ms) {
    pool.report(last, result, latency,
                result == proxy_result::failed ? "refused" : "", now);
  }

  proxy_pool pool;
  proxy_pool::time_point now{};
  proxy_choice last;
};

} // namespace

TEST_CASE("a proxy list is read with tiers and credential files") {
  auto list =
      read_proxies("# ours\n1 http://a:8080\n"
                   "2 socks5://b:1080 /etc/secret # far\nhttps://c:1\n");
  REQUIRE(list);
  REQUIRE(list->size() == 3);
  CHECK((*list)[1].tier == 2);
  CHECK((*list)[1].credential_file == "/etc/secret");
  CHECK((*list)[2].tier == 1);
  for (const auto* bad : {"http://a", "ftp://a:1", "http://u:p@a:1",
                          "0 http://a:1", "http://a:1 x y", "7"}) {
    INFO(bad);
    auto read = read_proxies(bad);
    REQUIRE_FALSE(read);
    CHECK(read.error().detail.find("line 1") == 0);
  }
}

TEST_CASE("a session keeps its proxy while that works") {
  rig r("http://a:1\nhttp://b:1\n");
  auto first = r.choose("s");
  r.tell(proxy_result::good, 500ms);
  for (int i = 0; i < 5; ++i) {
    CHECK(r.choose("s") == first);
    r.tell(proxy_result::good, 500ms);
  }
  CHECK(r.choose("t") != first);
}

TEST_CASE("failures put a proxy into quarantine, a probe brings it back") {
  rig r("1 http://a:1\n2 http://b:1\n");
  for (int i = 0; i < 2; ++i) {
    CHECK(r.choose("s") == "http://a:1");
    r.tell(proxy_result::failed);
  }
  CHECK(r.choose("s") == "http://b:1");
  r.tell(proxy_result::good);
  r.now += 31s;
  // One request asks whether it is back; who comes meanwhile goes elsewhere.
  CHECK(r.choose("fresh") == "http://a:1");
  auto probed = r.last;
  CHECK(r.pool.reports(r.now)[0].state == "probing");
  CHECK(r.choose("other") == "http://b:1");
  r.tell(proxy_result::good);
  r.pool.report(probed, proxy_result::failed, 10ms, "refused", r.now);
  // Not back: for twice as long as before.
  r.now += 59s;
  CHECK(r.choose("fresh") == "http://b:1");
  r.tell(proxy_result::good);
  r.now += 2s;
  CHECK(r.choose("new") == "http://a:1");
  r.tell(proxy_result::good);
  CHECK(r.pool.reports(r.now)[0].state == "healthy");
}

TEST_CASE("a late answer from before the quarantine is no probe") {
  auto late = GENERATE(proxy_result::good, proxy_result::failed,
                       proxy_result::bot_detected);
  rig r("http://a:1\n");
  r.choose("s");
  auto before = r.last;
  r.choose("s");
  auto also_before = r.last;
  for (int i = 0; i < 2; ++i) {
    r.choose("s");
    r.tell(proxy_result::failed);
  }
  // While nobody asks, and while the probe is under way.
  r.now += 31s;
  r.pool.report(before, late, 10ms, "late", r.now);
  CHECK(r.pool.reports(r.now)[0].state == "quarantined");
  CHECK(r.choose("s") == "http://a:1");
  r.pool.report(also_before, late, 10ms, "late", r.now);
  CHECK(r.pool.reports(r.now)[0].state == "probing");
  CHECK(r.choose("t") == "proxy_failed");
  r.tell(proxy_result::good);
  CHECK(r.pool.reports(r.now)[0].state == "healthy");
}

TEST_CASE("a request that was cancelled is no probe and no answer") {
  rig r("http://a:1\n");
  for (int i = 0; i < 2; ++i) {
    r.choose("s");
    r.tell(proxy_result::failed);
  }
  r.now += 31s;
  CHECK(r.choose("s") == "http://a:1");
  r.tell(proxy_result::nothing, 0ms);
  CHECK(r.pool.reports(r.now)[0].state == "quarantined");
  CHECK(r.pool.reports(r.now)[0].latency_ms == 0);
  CHECK(r.choose("s") == "http://a:1");
  r.tell(proxy_result::good);
  CHECK(r.pool.reports(r.now)[0].state == "healthy");
}

TEST_CASE("a dead tier falls to the next, none left is an honest failure") {
  rig r("1 http://a:1\n1 http://b:1\n2 http://c:1\n");
  for (int i = 0; i < 4; ++i) {
    CHECK(r.choose("s") != "http://c:1");
    r.tell(proxy_result::failed);
  }
  for (int i = 0; i < 2; ++i) {
    CHECK(r.choose("s") == "http://c:1");
    r.tell(proxy_result::failed);
  }
  CHECK(r.choose("s") == "proxy_failed");
  auto none = r.pool.choose("s", 1, r.now);
  for (const auto* url : {"http://a:1", "http://b:1", "http://c:1", "refused"})
    CHECK(none.error().detail.find(url) != std::string::npos);
}

TEST_CASE("a wall moves the session, answers such as 429 burn nothing") {
  rig r("http://a:1\nhttp://b:1\n");
  auto walled = r.choose("s");
  r.tell(proxy_result::bot_detected);
  r.pool.move_session("s", r.last.index);
  CHECK(r.choose("s") != walled);
  r.tell(proxy_result::good, 300ms);
  CHECK(r.choose("s") != walled);
  r.tell(proxy_result::good);
  for (const auto& one : r.pool.reports(r.now))
    CHECK(one.state == (one.url == walled ? "walled" : "healthy"));
  CHECK(r.choose("s", 2) != "proxy_failed");
}

TEST_CASE("a wall leads to the next tier, the last one if there is none") {
  rig r("1 http://a:1\n1 http://b:1\n2 http://c:1\n2 http://d:1\n");
  r.choose("s");
  r.tell(proxy_result::bot_detected);
  r.pool.move_session("s", r.last.index);
  auto second = r.choose("s", 2);
  CHECK((second == "http://c:1" || second == "http://d:1"));
  r.tell(proxy_result::bot_detected);
  r.pool.move_session("s", r.last.index);
  auto third = r.choose("s", 3);
  CHECK(third != second);
  CHECK((third == "http://c:1" || third == "http://d:1"));
}

TEST_CASE("a proxy far slower than the quickest is called so") {
  rig r("http://a:1\nhttp://b:1\n");
  r.choose("s");
  r.tell(proxy_result::good, 40ms);
  r.choose("t");
  auto other = r.last.index;
  r.tell(proxy_result::good, 2000ms);
  auto reports = r.pool.reports(r.now);
  CHECK(reports[other].state == "slow");
  CHECK(reports[1 - other].state == "healthy");
}

TEST_CASE("sessions are retired by age, uses and errors") {
  session_policy policy;
  policy.most_uses = 3;
  policy.longest_life = 60s;
  session_pool pool({"A", "B"}, policy);
  session_pool::time_point now{};
  auto first = pool.use("x", now);
  CHECK(first.user_agent == "A");
  CHECK(pool.use("x", now).number == first.number);
  CHECK(pool.use("y", now).number != first.number);
  pool.use("x", now);
  auto second = pool.use("x", now);
  CHECK(second.number != first.number);
  CHECK(second.replaces == first.number);
  CHECK(second.user_agent == "A");
  pool.report("x", first.number, session_pool::result::bot_detected);
  CHECK(pool.use("x", now).number == second.number);
  pool.report("x", second.number, session_pool::result::bot_detected);
  auto third = pool.use("x", now);
  CHECK(third.number != second.number);
  CHECK(third.user_agent == "B");
  now += 61s;
  CHECK(pool.use("x", now).number != third.number);
}
