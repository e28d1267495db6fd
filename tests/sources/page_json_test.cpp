#include "actors/sources/page_json.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm::sources;

TEST_CASE("members are found as in the object that they are of") {
  // Names of one size with the same letters at both ends among them.
  auto document = json_document::parse(
      R"({"state":"a","stage":"b","":"none","id":7,"big":18446744073709551615,
          "gone":null,"gone":"late","id":8,"place":{"name":"c","x":null},
          "part":-0.5,"flag":true,"list":["d",null,1],"stole":-3})");
  REQUIRE(document);
  auto object = document->root();
  json_members members(object);
  for (std::string_view name :
       {"state", "stage", "", "id", "big", "gone", "place", "part", "flag",
        "list", "stole", "stone", "missing"}) {
    INFO(name);
    CHECK(text_at(members, {name}) == text_at(object, {name}));
    CHECK(view_at(members, {name}) == view_at(object, {name}));
    CHECK(number_at(members, {name}) == number_at(object, {name}));
    CHECK(flag_at(members, {name}) == flag_at(object, {name}));
    CHECK(items_at(members, {name}).size() == items_at(object, {name}).size());
    CHECK(value_at(members, {name, "name"}).has_value()
          == value_at(object, {name, "name"}).has_value());
  }
  CHECK(text_at(members, {"state"}) == "a");
  CHECK(text_at(members, {"stage"}) == "b");
  CHECK(text_at(members, {"id"}) == "7");
  CHECK(text_at(members, {"big"}) == "18446744073709551615");
  CHECK(text_at(members, {"stole"}) == "-3");
  CHECK(text_at(members, {"place", "name"}) == "c");
  CHECK_FALSE(value_at(members, {"gone"}));
  CHECK_FALSE(value_at(members, {"place", "x"}));
}

TEST_CASE("what is no object has no members") {
  for (auto text : {"[1]", "null", "3", "\"a\"", "{}"}) {
    auto document = json_document::parse(text);
    REQUIRE(document);
    CHECK_FALSE(value_at(json_members(document->root()), {"a"}));
  }
}
