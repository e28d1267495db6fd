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
    CHECK(decide(fail(code, ""), 1, policy, 0.5).what == kind::dead_letter);
  CHECK(decide(with_status(errc::http_error, 400), 1, policy, 0.5).what
        == kind::dead_letter);
}

TEST_CASE("what may pass is tried again, but not for ever") {
  recovery_policy policy;
  for (auto code : {errc::timeout, errc::connect_failed, errc::http_error}) {
    CHECK(decide(fail(code, ""), 1, policy, 0.5).what == kind::retry);
    CHECK(decide(fail(code, ""), 4, policy, 0.5).what == kind::dead_letter);
  }
  CHECK(decide(with_status(errc::http_error, 500), 1, policy, 0.5).what
        == kind::retry);
}

TEST_CASE("back-off doubles, is capped, and is jittered over its whole range") {
  recovery_policy policy;
  policy.most_attempts = 100;
  auto delay = [&](int attempt, double random) {
    return decide(fail(errc::timeout, ""), attempt, policy, random).delay;
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
    return decide(with_status(errc::rate_limited, 429, wait), 1, policy, 0.5);
  };
  CHECK(asked(5).what == kind::pause_host);
  CHECK(asked(5).delay == 5s);
  CHECK(asked(1e9).delay == 1h);
  CHECK(asked(0).delay == 250ms);
  CHECK(decide(with_status(errc::http_error, 503, 7.0), 1, policy, 0.5).what
        == kind::pause_host);
}
