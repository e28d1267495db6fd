#include "actors/supervise/circuit_breaker.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::supervise;
using namespace std::chrono_literals;

namespace {

const circuit_breaker::time_point start{};
const breaker_policy policy{3, {100ms, 1s}};

/// A circuit that has just opened.
circuit_breaker opened(circuit_breaker::time_point now = start) {
  circuit_breaker made;
  for (int i = 0; i < 3; ++i)
    made.failed(*made.admit(now, policy), now, policy);
  return made;
}

} // namespace

TEST_CASE("failures in a row open a circuit, a success between them does not") {
  circuit_breaker one;
  for (int i = 0; i < 10; ++i) {
    one.failed(*one.admit(start, policy), start, policy);
    one.failed(*one.admit(start, policy), start, policy);
    one.succeeded(*one.admit(start, policy));
  }
  CHECK(one.state(start, policy) == circuit::closed);
  CHECK(opened().state(start, policy) == circuit::open);
  CHECK_FALSE(opened().admit(start + 99ms, policy));
}

TEST_CASE("a half-open circuit takes one probe at a time") {
  auto one = opened();
  CHECK(one.probe_at(policy) == start + 100ms);
  CHECK(one.state(start + 100ms, policy) == circuit::half_open);
  auto probe = one.admit(start + 100ms, policy);
  REQUIRE(probe);
  CHECK_FALSE(one.admit(start + 200ms, policy));
  one.abandoned(*probe);
  probe = one.admit(start + 200ms, policy);
  REQUIRE(probe);
  one.succeeded(*probe);
  CHECK(one.state(start + 200ms, policy) == circuit::closed);
  CHECK(one.openings() == 0);
}

TEST_CASE("each probe that fails keeps it open for longer") {
  auto one = opened();
  auto now = start;
  for (auto wait : {100ms, 200ms, 400ms, 800ms, 1000ms, 1000ms}) {
    CHECK(one.probe_at(policy) == now + wait);
    now += wait;
    one.failed(*one.admit(now, policy), now, policy);
  }
  CHECK(one.openings() == 7);
}

TEST_CASE("a late success does not close a circuit, a late failure says "
          "nothing") {
  circuit_breaker one;
  auto late = *one.admit(start, policy);
  auto later = *one.admit(start, policy);
  for (int i = 0; i < 3; ++i)
    one.failed(*one.admit(start, policy), start, policy);
  one.succeeded(late);
  CHECK(one.state(start, policy) == circuit::open);
  auto probe = *one.admit(start + 100ms, policy);
  one.succeeded(late);
  one.failed(later, start + 100ms, policy);
  CHECK(one.state(start + 100ms, policy) == circuit::half_open);
  one.succeeded(probe);
  CHECK(one.state(start + 100ms, policy) == circuit::closed);
}
