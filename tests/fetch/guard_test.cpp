#include "actors/fetch/address_guard.hpp"
#include "actors/fetch/retry_after.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::fetch;

TEST_CASE("addresses inside are blocked in every spelling") {
  for (auto address :
       {"127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.1", "10.1.2.3",
        "169.254.169.254", "172.31.0.1", "192.168.1.1", "100.64.0.1", "0.0.0.0",
        "::1", "[::1]", "::ffff:10.0.0.1", "fe80::1%eth0", "fd00::1",
        "64:ff9b::a00:1", "2002:a00:1::", "224.0.0.1", "255.255.255.255"})
    CHECK(is_blocked_address(address));
  for (auto address : {"8.8.8.8", "172.32.0.1", "2606:4700::1", "example.com",
                       "64:ff9b::808:808"})
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
