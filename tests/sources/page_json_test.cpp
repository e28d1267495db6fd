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

TEST_CASE("any value but null is a list of items") {
  auto document = json_document::parse(
      R"({"list":[1,["a","b"],null,"c"],"none":[],"one":"d","gone":null})");
  REQUIRE(document);
  auto texts = [&](std::string_view name) {
    auto items = items_at(document->root(), {name});
    std::string all;
    std::size_t count = 0;
    for (auto item : items) {
      all += text_of(item) + ";";
      ++count;
    }
    CHECK(items.size() == count);
    CHECK(items.empty() == (count == 0));
    return all;
  };
  CHECK(texts("list") == "1;;;c;");
  CHECK(texts("none").empty());
  CHECK(texts("one") == "d;");
  CHECK(texts("gone").empty());
  CHECK(texts("missing").empty());
  CHECK(text_of(items_at(document->root(), {"list"}).front()) == "1");
}

TEST_CASE("members of several values are read in the same room") {
  auto document = json_document::parse(R"([{"a":1,"b":2},{"b":3},4])");
  REQUIRE(document);
  json_members members;
  std::string all;
  for (auto item : items_of(document->root())) {
    members.read(item);
    all += text_at(members, {"a"}) + "," + text_at(members, {"b"}) + ";";
  }
  CHECK(all == "1,2;,3;,;");
}

TEST_CASE("what is no object has no members") {
  for (auto text : {"[1]", "null", "3", "\"a\"", "{}"}) {
    auto document = json_document::parse(text);
    REQUIRE(document);
    CHECK_FALSE(value_at(json_members(document->root()), {"a"}));
  }
}
