#include "actors/text/time.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm::text;

TEST_CASE("times are read in every form of ISO 8601 that sources send") {
  CHECK(parse_utc("1970-01-01") == 0);
  CHECK(parse_utc("2026-11-24T10:00:00Z") == 1795514400);
  CHECK(parse_utc("2026-11-24T05:00:00-05:00") == 1795514400);
  CHECK(parse_utc("2026-11-24 10:00:00.123+0000") == 1795514400);
  CHECK(parse_utc("20261124T100000") == std::nullopt);
  CHECK(parse_utc("2026-11-24T10:00") == 1795514400);
}

TEST_CASE("impossible dates are none") {
  for (auto text : {"2026-02-29", "2026-13-01", "2026-00-10", "26-01-01", "",
                    "2026-11-24T25:00Z", "2026-11-24X", "tomorrow"})
    CHECK_FALSE(parse_utc(text));
  CHECK(parse_utc("2024-02-29"));
}

TEST_CASE("times are written and read back") {
  for (std::int64_t t : {0LL, 951782400LL, 1795514400LL, 4102444800LL})
    CHECK(parse_utc(format_utc(t)) == t);
  CHECK(format_utc(1795514400) == "2026-11-24T10:00:00Z");
  CHECK(format_utc(-1) == "1969-12-31T23:59:59Z");
}

TEST_CASE("months before a day end where a month is too short") {
  auto before = [](std::string_view day, int months) {
    return format_utc(months_before(*parse_utc(day), months));
  };
  CHECK(before("2026-11-24T10:30:00Z", 1) == "2026-10-24T10:30:00Z");
  CHECK(before("2026-03-31T00:00:00Z", 1) == "2026-02-28T00:00:00Z");
  CHECK(before("2024-03-31T00:00:00Z", 1) == "2024-02-29T00:00:00Z");
  CHECK(before("2026-01-15T00:00:00Z", 13) == "2024-12-15T00:00:00Z");
  CHECK(before("2026-11-24T10:30:00Z", 0) == "2026-11-24T10:30:00Z");
}
