#include "actors/dedupe/extra_members.hpp"
#include "actors/dedupe/merge.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::dedupe;

namespace {

const place berlin = {"Berlin", "Berlin", "Berlin", "BE", "DE"};
const place munich = {"Munich", "Munich", "Bavaria", "BY", "DE"};
const place germany = {"Germany", "", "", "", "DE"};

job_posting at(const std::string& id, const place& where) {
  job_posting one;
  one.id = id;
  one.location = where.display;
  one.city = where.city;
  one.admin1 = where.admin1;
  one.admin1_code = where.admin1_code;
  one.country = where.country;
  one.region = where.country.empty() ? "" : "Western Europe";
  if (!where.display.empty())
    one.locations = {where};
  return one;
}

/// Of two records, the first one the better.
job_posting merged(job_posting better, const job_posting& other) {
  better.completeness_percentage = 90;
  auto made = canonical_of(std::vector<job_posting>{better, other});
  auto turned = canonical_of(std::vector<job_posting>{other, better});
  turned.id = made.id;
  CHECK(turned == made);
  return made;
}

std::string added(std::string to, std::string from) {
  json_text made{std::move(to)};
  add_members(made, json_text{std::move(from)});
  return made.text;
}

} // namespace

TEST_CASE("what the better record does not say, the other one does") {
  job_posting better;
  better.id = "1";
  better.tags = {"a", "b"};
  better.extra.text = R"({"team":"x"})";
  auto other = at("2", berlin);
  other.url = "https://example.com/2";
  other.tags = {"b", "c"};
  other.experience_years_min = 3;
  other.location_scope = "EU";
  other.extra.text = R"({"team":"y","level":{"of":[1,2]}})";
  auto made = merged(better, other);
  CHECK(made.url == other.url);
  CHECK(made.city == "Berlin");
  CHECK(made.region == other.region);
  CHECK(made.locations == other.locations);
  CHECK(made.location_scope == "EU");
  CHECK(made.experience_years_min == 3.0);
  CHECK(made.tags == std::vector<std::string>{"a", "b", "c"});
  CHECK(made.extra.text == R"({"team":"x","level":{"of":[1,2]}})");
}

TEST_CASE("a place is made of one record, of the one that knows more of it") {
  auto made = merged(at("1", germany), at("2", berlin));
  CHECK(made.location == "Berlin");
  CHECK(made.admin1_code == "BE");
  CHECK(made.locations == std::vector<place>{berlin});
  made = merged(at("1", berlin), at("2", germany));
  CHECK(made.locations == std::vector<place>{berlin});
  made = merged(at("1", {}), at("2", {"Remote", "", "", "", ""}));
  CHECK(made.location == "Remote");
}

TEST_CASE("the places of two records are all there, the posting's own first") {
  auto made = merged(at("1", munich), at("2", berlin));
  CHECK(made.city == "Munich");
  CHECK(made.locations == std::vector<place>{munich, berlin});
  auto many = at("2", berlin);
  many.locations = {berlin, munich, germany};
  made = merged(at("1", munich), many);
  CHECK(made.locations == std::vector<place>{munich, berlin});
}

TEST_CASE("members that only one object has come behind those of the other") {
  CHECK(added("", R"({"a":1})") == R"({"a":1})");
  CHECK(added(R"({"a":1})", "") == R"({"a":1})");
  CHECK(added("{}", R"({"a":1,"b":"}"})") == R"({"a":1,"b":"}"})");
  CHECK(added(R"({"a":"x,\"b\":1"})", R"({"b":[{"c":"]"}],"a":2,"d":null})")
        == R"({"a":"x,\"b\":1","b":[{"c":"]"}],"d":null})");
  // What is no object is left alone, whatever it is.
  CHECK(added("[1]", R"({"a":1})") == "[1]");
  for (const char* odd : {"[1]", "{", "{\"", "{\"a", "\\", "{\"a\\\"}"})
    CHECK(added(R"({"b":1})", odd).substr(0, 6) == R"({"b":1)");
  CHECK(has_names_of({R"({"a":1,"b":2})"}, {R"({"b":3})"}));
  CHECK_FALSE(has_names_of({R"({"a":1})"}, {R"({"b":3})"}));
}

TEST_CASE(
    "records with very many tags, members and places are merged in time") {
  auto many = [](const std::string& id, int begin) {
    auto one = at(id, berlin);
    one.extra.text = "{";
    for (int i = begin; i < begin + 100'000; ++i) {
      auto name = std::to_string(i);
      one.tags.push_back(name);
      one.extra.text += (i > begin ? ",\"" : "\"") + name + "\":1";
      one.locations.push_back({name, name, "", "", "DE"});
    }
    one.extra.text += '}';
    return one;
  };
  auto made = merged(many("1", 0), many("2", 50'000));
  CHECK(made.tags.size() == 150'000);
  CHECK(has_names_of(made.extra, many("3", 50'000).extra));
  // As many places stay those of the better record.
  CHECK(made.locations == many("1", 0).locations);
}
