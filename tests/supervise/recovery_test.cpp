#include "actors/supervise/recovery.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::supervise;
using namespace std::chrono_literals;
using kind = decision::kind;

namespace {

failure with_status(errc code, int status,
                    std::optional<double> wait = std::nullopt) {
  return {code, "", status, wait};
}

} // namespace

TEST_CASE("what asking again cannot change goes to the dead letters") {
  recovery_policy policy;
  for (auto code : {errc::schema_changed, errc::not_found, errc::auth_failed,
                    errc::blocked_address, errc::cancelled})
    CHECK(decide(fail(code, ""), {1, 0.5}, policy).what == kind::dead_letter);
  CHECK(decide(with_status(errc::http_error, 400), {1, 0.5}, policy).what
        == kind::dead_letter);
}

TEST_CASE("what may pass is tried again, but not for ever") {
  recovery_policy policy;
  for (auto code : {errc::timeout, errc::connect_failed, errc::http_error}) {
    CHECK(decide(fail(code, ""), {1, 0.5}, policy).what == kind::retry);
    CHECK(decide(fail(code, ""), {4, 0.5}, policy).what == kind::dead_letter);
  }
  CHECK(decide(with_status(errc::http_error, 500), {1, 0.5}, policy).what
        == kind::retry);
}

TEST_CASE("back-off doubles, is capped, and is jittered over its whole range") {
  recovery_policy policy;
  policy.most_attempts = 100;
  auto delay = [&](int attempt, double random) {
    return decide(fail(errc::timeout, ""), {attempt, random}, policy).delay;
  };
  CHECK(delay(1, 0.999) < 500ms);
  CHECK(delay(2, 0.5) == 500ms);
  CHECK(delay(3, 0.5) == 1000ms);
  CHECK(delay(60, 0.5) == 30s);
  CHECK(delay(3, 0.0) == 0ms);
}

TEST_CASE("Retry-After is obeyed for the host, within reason") {
  recovery_policy policy;
  auto asked = [&](double wait) {
    return decide(with_status(errc::rate_limited, 429, wait), {1, 0.5}, policy);
  };
  CHECK(asked(5).what == kind::pause_host);
  CHECK(asked(5).delay == 5s);
  CHECK(asked(1e9).delay == 1h);
  CHECK(asked(0).delay == 250ms);
  CHECK(decide(with_status(errc::http_error, 503, 7.0), {1, 0.5}, policy).what
        == kind::pause_host);
}

TEST_CASE("a longer wait than we bear is cut, and that is told") {
  recovery_policy policy;
  auto made = decide(with_status(errc::rate_limited, 429, 7200.0), {1, 0.5},
                     policy);
  CHECK(made.delay == 1h);
  CHECK(made.is_capped);
  CHECK_FALSE(
      decide(with_status(errc::rate_limited, 429, 60.0), {1, 0.5}, policy)
          .is_capped);
}

TEST_CASE("a robots.txt that a server cannot give now is asked for again") {
  recovery_policy policy;
  auto made =
      decide(with_status(errc::robots_denied, 503), {1, 0.5}, policy);
  CHECK(made.what == kind::pause_host);
  CHECK(made.delay == policy.robots_pause);
  CHECK(decide(fail(errc::robots_denied, ""), {1, 0.5}, policy).what
        == kind::dead_letter);
}

TEST_CASE("a code may have its own number of attempts") {
  recovery_policy policy;
  policy.attempts[errc::timeout] = 2;
  CHECK(decide(fail(errc::timeout, ""), {2, 0.5}, policy).what
        == kind::dead_letter);
  CHECK(decide(fail(errc::connect_failed, ""), {2, 0.5}, policy).what
        == kind::retry);
}

TEST_CASE("a failure of one page says nothing against its host") {
  CHECK(verdict_on_host(fail(errc::bad_payload, "")) == host_verdict::none);
  CHECK(verdict_on_host(with_status(errc::not_found, 404))
        == host_verdict::well);
  CHECK(verdict_on_host(with_status(errc::http_error, 500))
        == host_verdict::ailing);
  CHECK(verdict_on_host(with_status(errc::http_error, 503, 7.0))
        == host_verdict::refuses);
  CHECK(verdict_on_host(with_status(errc::rate_limited, 429))
        == host_verdict::refuses);
}

TEST_CASE("a wall that stays, or a page of no known shape, is for a browser") {
  recovery_policy policy;
  auto after = [&](errc code, int attempt, browser_choice browser) {
    task_history history;
    history.attempt = attempt;
    history.browser = browser;
    return decide(fail(code, ""), history, policy);
  };
  // The cheaper ways first.
  auto again = after(errc::bot_detected, 1, browser_choice::possible);
  CHECK(again.what == kind::retry);
  CHECK_FALSE(again.by_browser);
  for (auto [code, attempt] : {std::pair{errc::bot_detected, 4},
                               std::pair{errc::schema_changed, 1}}) {
    auto last = after(code, attempt, browser_choice::possible);
    CHECK(last.what == kind::retry);
    CHECK(last.by_browser);
    for (auto none : {browser_choice::forbidden, browser_choice::missing,
                      browser_choice::taken}) {
      auto end = after(code, attempt, none);
      CHECK(end.what == kind::dead_letter);
      CHECK_FALSE(end.by_browser);
      CHECK(end.misses_browser == (none == browser_choice::missing));
    }
  }
  auto gone = after(errc::not_found, 1, browser_choice::missing);
  CHECK(gone.what == kind::dead_letter);
  CHECK_FALSE(gone.misses_browser);
}

TEST_CASE("who is to stop when refused does not come back with a browser") {
  task_history history;
  history.attempt = 4;
  history.stops_when_blocked = true;
  history.browser = browser_choice::possible;
  CHECK(decide(fail(errc::bot_detected, ""), history, {}).what
        == kind::give_up_host);
}

TEST_CASE("what was not asked for waits as long as its host does, and that is "
          "no attempt") {
  auto why = with_status(errc::budget_exceeded, 0, 5.0);
  CHECK(was_not_asked(why));
  auto made = decide(why, {4, 0.5}, {});
  CHECK(made.what == kind::retry);
  CHECK(made.delay == 5s);
  CHECK(verdict_on_host(why) == host_verdict::none);
  CHECK(decide(fail(errc::budget_exceeded, ""), {1, 0.5}, {}).what
        == kind::dead_letter);
}
