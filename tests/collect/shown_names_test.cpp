#include "actors/collect/shown_names.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm::collect;

TEST_CASE("names that a board shows are known, and no others") {
  shown_names all({"b", "", "a"});
  for (int i = 0; i < 100'000; ++i)
    all.add("name " + std::to_string(i));
  all.add("a");
  all.end();
  CHECK(all.size() == 100'004);
  CHECK(all.has(""));
  CHECK(all.has("a"));
  CHECK_FALSE(all.has("c"));
  for (int i = 0; i < 100'000; ++i) {
    REQUIRE(all.has("name " + std::to_string(i)));
    REQUIRE_FALSE(all.has("nome " + std::to_string(i)));
  }
  CHECK_FALSE(shown_names().has(""));
}
