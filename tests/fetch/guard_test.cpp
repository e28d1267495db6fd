#include "actors/fetch/address_guard.hpp"
#include "actors/fetch/rate_limit.hpp"
#include "actors/fetch/retry_after.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::fetch;

TEST_CASE("addresses inside are blocked in every spelling") {
  for (auto address : {"127.0.0.1",
                       "2130706433",
                       "0177.0.0.1",
                       "0x7f.1",
                       "10.1.2.3",
                       "169.254.169.254",
                       "172.31.0.1",
                       "192.168.1.1",
                       "100.64.0.1",
                       "0.0.0.0",
                       "::1",
                       "[::1]",
                       "::ffff:10.0.0.1",
                       "fe80::1%eth0",
                       "fd00::1",
                       "64:ff9b::a00:1",
                       "2002:a00:1::",
                       "224.0.0.1",
                       "255.255.255.255",
                       "::ffff:0:10.0.0.1",
                       "::a00:1",
                       "64:ff9b:1::808:808",
                       "100::1",
                       "64:ff9b:0:0:1::808:808",
                       "2001::1",
                       "2001:1ff::1",
                       "2001:db8::1",
                       "3fff::1",
                       "4000::1",
                       "5f00::1",
                       "fec0::1",
                       "ff02::1",
                       "::"})
    CHECK(is_blocked_address(address));
  for (auto address : {"8.8.8.8", "172.32.0.1", "2606:4700::1", "2001:200::1",
                       "2a00:1450:4001::1", "example.com", "64:ff9b::808:808"})
    CHECK_FALSE(is_blocked_address(address));
}

TEST_CASE("Retry-After in all its forms") {
  constexpr std::int64_t now = 946'684'797; // 1999-12-31T23:59:57Z
  auto wait = [&](const std::string& value) {
    return retry_after_s({{"Retry-After", value}}, now);
  };
  CHECK(wait("120") == 120.0);
  CHECK(wait("Fri, 31 Dec 1999 23:59:59 GMT") == 2.0);
  CHECK(wait("Friday, 31-Dec-99 23:59:59 GMT") == 2.0);
  CHECK(wait("Fri Dec 31 23:59:59 1999") == 2.0);
  CHECK(wait("Fri, 31 Dec 1999 23:59:00 GMT") == 0.0);
  CHECK_FALSE(wait("-5"));
  CHECK_FALSE(wait("soon"));
  CHECK_FALSE(retry_after_s({}, now));
  CHECK_FALSE(retry_after_s({{"Retry-After", "inf"}}, now));
  CHECK_FALSE(retry_after_s({{"Retry-After", "nan"}}, now));
  CHECK(retry_after_s({{"x", "1"}, {"retry-after", "2"}, {"retry-after", "3"}},
                      now)
        == 2.0);
}

TEST_CASE("the vendors' own reset headers are read in all their units") {
  constexpr std::int64_t now = 1'780'000'000;
  auto reset = [&](const std::string& name, const std::string& value) {
    return rate_limit_of({{name, value}}, now).reset_s;
  };
  CHECK(reset("RateLimit-Reset", "30") == 30.0);
  CHECK(reset("X-RateLimit-Reset", "1780000060") == 60.0);
  CHECK(reset("x-ratelimit-reset", "1779999000") == 0.0);
  CHECK(reset("X-Rate-Limit-Reset", "1780000060000") == 60.0);
  CHECK(reset("X-RateLimit-Reset", "2026-05-28T20:27:40Z") == 60.0);
  CHECK(reset("X-RateLimit-Reset", "Thu, 28 May 2026 20:27:40 GMT") == 60.0);
  CHECK(reset("X-RateLimit-Reset-After", "1.25") == 1.25);
  CHECK(reset("x-ratelimit-reset-tokens", "6m0s") == 360.0);
  CHECK(reset("x-ratelimit-reset-requests", "120ms") == 0.12);
  CHECK(reset("retry-after-ms", "1500") == 1.5);
  CHECK(reset("RateLimit", "limit=100, remaining=0, reset=50") == 50.0);
  CHECK(reset("RateLimit", "\"burst\";r=0;t=5, \"day\";r=9;t=70") == 70.0);
  for (const auto* words : {"", "soon", "-5", "nan", "inf", "1e400", "5x", "s"})
    CHECK_FALSE(reset("X-RateLimit-Reset", words));
  auto limit = rate_limit_of({{"x-ratelimit-remaining", "3"},
                              {"RateLimit-Remaining", "0"},
                              {"x-ratelimit-limit", "10"}},
                             now);
  CHECK(limit.remaining == 0);
  CHECK_FALSE(limit.reset_s);
}

TEST_CASE("a wait is asked for by Retry-After, else by the limit's reset") {
  constexpr std::int64_t now = 1'780'000'000;
  const http_header reset{"X-RateLimit-Reset", "30"};
  const http_header none_left{"X-RateLimit-Remaining", "0"};
  CHECK(wait_asked_s(429, {{"Retry-After", "7"}, reset}, now) == 7.0);
  CHECK(wait_asked_s(429, {{"Retry-After", "0"}, reset}, now) == 30.0);
  CHECK(wait_asked_s(429, {{"Retry-After", "0"}}, now) == 0.0);
  CHECK(wait_asked_s(429, {{"Retry-After", "soon"}, reset}, now) == 30.0);
  CHECK(wait_asked_s(503, {reset}, now) == 30.0);
  CHECK(wait_asked_s(403, {reset, none_left}, now) == 30.0);
  // Many send the reset with every answer: it says nothing of a failure.
  CHECK_FALSE(wait_asked_s(500, {reset}, now));
  CHECK_FALSE(wait_asked_s(404, {reset}, now));
}
