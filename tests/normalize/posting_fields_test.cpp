#include "tests/normalize/world.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using normalize::rules;

namespace {

raw_posting sample() {
  raw_posting raw;
  raw.source = "jsonld";
  raw.source_id = "42";
  raw.title = "Engineer";
  raw.fetched_at = "2026-11-24T10:00:00Z";
  raw.extra.text = "{}";
  return raw;
}

std::string seen_at(std::string_view fetched_at) {
  auto raw = sample();
  raw.fetched_at = fetched_at;
  auto made = rules().normalize(raw);
  if (!made)
    return made.error().detail;
  CHECK(made->last_seen == made->first_seen);
  CHECK(made->sightings.front().first_seen == made->first_seen);
  return made->first_seen;
}

/// The day, or "<" and the day that it is no later than.
std::string posted(std::string_view text, std::string_view location,
                   std::vector<std::string> locations = {}) {
  auto raw = sample();
  raw.posted = text;
  raw.location = location;
  raw.locations = std::move(locations);
  auto made = *rules().normalize(raw);
  return made.posted_before.empty() ? made.posted_at.substr(0, 10)
                                    : '<' + made.posted_before.substr(0, 10);
}

} // namespace

TEST_CASE("the times of a posting are RFC 3339 UTC") {
  CHECK(seen_at("2026-10-01T00:00:00Z") == "2026-10-01T00:00:00Z");
  CHECK(seen_at("2026-10-01T00:00:00+05:00") == "2026-09-30T19:00:00Z");
  CHECK(seen_at("2026-10-01T08:30:00.123Z") == "2026-10-01T08:30:00Z");
  CHECK(seen_at("2026-10-01T24:00:00Z") == "2026-10-02T00:00:00Z");
  CHECK(seen_at("2026-10-01") == "2026-10-01T00:00:00Z");
  CHECK(seen_at("1761700000") == "2025-10-29T01:06:40Z");
  CHECK(seen_at("1761700000000") == "2025-10-29T01:06:40Z");
  CHECK(seen_at("").empty());
}

TEST_CASE("a record that was received at no time is refused") {
  CHECK(seen_at("garbage") == "fetched_at is no time: \"garbage\"");
  CHECK(seen_at("2026-13-01T00:00:00Z")
        == "fetched_at is no time: \"2026-13-01T00:00:00Z\"");
}

TEST_CASE("an age counts from the time in UTC") {
  auto raw = sample();
  raw.posted = "3 days ago";
  raw.fetched_at = "1761700000";
  CHECK(rules().normalize(raw)->posted_at == "2025-10-26T00:00:00Z");
}

TEST_CASE("the place tells whether a date begins with the day") {
  CHECK(posted("02/03/2026", "Berlin, Germany") == "2026-03-02");
  CHECK(posted("02/03/2026", "London, UK") == "2026-03-02");
  CHECK(posted("02-03-2026", "Pune, India") == "2026-03-02");
  CHECK(posted("02/03/2026", "Austin, TX, US") == "2026-02-03");
  CHECK(posted("02/03/2026", "Paris, France", {"Paris, France", "Rome, Italy"})
        == "2026-03-02");
}

TEST_CASE("a date of which nothing tells the order is a bound") {
  CHECK(posted("02/03/2026", "") == "<2026-03-02");
  CHECK(posted("05/02/2026", "Remote") == "<2026-05-02");
  CHECK(posted("02/03/2026", "Toronto, Canada") == "<2026-03-02");
  CHECK(posted("02/03/2026", "Tokyo, Japan") == "<2026-03-02");
  CHECK(posted("02/03/2026", "Austin, TX, US",
               {"Austin, TX, US", "Berlin, Germany"})
        == "<2026-03-02");
  CHECK(posted("02.03.2026", "Austin, TX, US") == "<2026-03-02");
}

TEST_CASE("a date that can be read in one way is read so anywhere") {
  CHECK(posted("20/11/2026", "Austin, TX, US") == "2026-11-20");
  CHECK(posted("11/20/2026", "Berlin, Germany") == "2026-11-20");
  CHECK(posted("05/05/2026", "") == "2026-05-05");
  CHECK(posted("02.03.2026", "") == "2026-03-02");
  // The other day is still to come.
  CHECK(posted("12/11/2026", "Austin, TX, US") == "2026-11-12");
  CHECK(posted("11/12/2026", "London, UK") == "2026-11-12");
}

TEST_CASE("the texts of a posting are composed") {
  auto raw = sample();
  raw.source_id = "e\u0301";
  raw.board = "e\u0301";
  raw.tags = {"cafe\u0301", "", "tea"};
  raw.extra.text = "{\"requisition_id\":\"e\u0301\",\"te\u0301am\":"
                   "[\"o\u0308\"]}";
  auto made = *rules().normalize(raw);
  CHECK(made.source_id == "\u00e9");
  CHECK(made.board == "\u00e9");
  CHECK(made.tags == std::vector<std::string>{"caf\u00e9", "tea"});
  CHECK(made.requisition_id == "\u00e9");
  CHECK(made.extra.text.find("\"t\u00e9am\":[\"\u00f6\"]")
        != std::string::npos);
  CHECK(made.sightings.front().source_id == "\u00e9");
  raw.source_id = "\u00e9";
  CHECK(rules().normalize(raw)->id == made.id);
}

TEST_CASE("where a remote worker may live is said beside an office too") {
  auto scope = [](std::string_view location, std::string_view scopes,
                  bool is_remote = true) {
    auto raw = sample();
    raw.location = location;
    if (is_remote)
      raw.remote = true;
    raw.extra.text = R"({"remote_scope":)" + std::string{scopes} + '}';
    return rules().normalize(raw)->location_scope;
  };
  CHECK(scope("Austin, TX, US", R"(["USA"])") == "country");
  CHECK(scope("Austin, TX, US", R"(["US"])") == "country");
  CHECK(scope("Berlin, Germany", R"(["Germany"])") == "country");
  CHECK(scope("Berlin, Germany", R"(["EMEA"])") == "EMEA");
  // Neither its own country nor a whole one.
  CHECK(scope("Dublin, Ireland", R"(["US"])").empty());
  CHECK(scope("Austin, TX, US", R"(["US","CA"])").empty());
  CHECK(scope("Austin, TX, US", R"(["Texas, US"])").empty());
  CHECK(scope("Austin, TX, US", R"(["USA"])", false).empty());
}
