#include "actors/collect/index_keys.hpp"

#include "tests/collect/committed.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace jobfarm;
using namespace jobfarm::collect;
using jobfarm::test::commit;

TEST_CASE("a filter knows every key, seldom takes another for one, and is "
          "bounded") {
  std::mt19937_64 random(1);
  key_filter filter;
  CHECK_FALSE(filter.may_have(random()));
  const auto first = random();
  auto wrong = 0;
  filter.add(first);
  for (auto i = 0; i < 1'000'000; ++i) {
    wrong += filter.may_have(random());
    auto key = random();
    filter.add(key);
    REQUIRE(filter.may_have(key));
  }
  CHECK(filter.may_have(first));
  CHECK(wrong < 20'000);
  CHECK(filter.bytes() < 3'100'000);
  for (auto i = 0; i < 20'000'000; ++i)
    filter.add(random());
  CHECK(filter.may_have(first));
  CHECK(filter.bytes() < 26'000'000);
}

TEST_CASE("keys are known again after the store is opened anew, those of a "
          "batch that was lost are not needed") {
  auto disk = std::make_shared<store::memory_store>();
  for (auto round = 0; round < 3; ++round) {
    store::pending_view view(disk);
    index_keys keys(view);
    REQUIRE(keys.open());
    for (auto i = 0; i < 100 * round; ++i)
      REQUIRE(*keys.lookup("dup/k/" + std::to_string(i)));
    for (auto i = 100 * round; i < 100 * (round + 1); ++i) {
      auto key = "dup/k/" + std::to_string(i);
      CHECK_FALSE(*keys.lookup(key));
      keys.add(key, "v");
      CHECK(*keys.lookup(key));
      if (i % 7 == 0)
        commit(*disk, view);
    }
    commit(*disk, view);
    keys.add("dup/k/lost", "v");
  }
  store::pending_view view(disk);
  index_keys keys(view);
  REQUIRE(keys.open());
  CHECK_FALSE(*keys.lookup("dup/k/lost"));
}
