#include "actors/collect/first_holders.hpp"

#include "tests/collect/committed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <functional>
#include <random>

using namespace jobfarm;
using namespace jobfarm::collect;
using jobfarm::test::commit;

namespace {

record_name record_number(std::uint64_t number) {
  record_name record{};
  std::memcpy(record.data(), &number, sizeof number);
  return record;
}

/// The keys of a record: three, or none for every eleventh.
std::vector<std::uint64_t> keys_of_record(std::uint64_t number) {
  std::mt19937_64 random(number);
  if (number % 11 == 0)
    return {};
  return {random(), random(), random()};
}

dedupe::facts facts_of_record(std::uint64_t number) {
  return {static_cast<std::uint16_t>(number), 2, 3, 4};
}

void check_held(const first_holders& holders, std::uint64_t number) {
  for (auto key : keys_of_record(number)) {
    auto found = holders.find(key);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK((*found)->record == record_number(number));
    CHECK((*found)->known.country == static_cast<std::uint16_t>(number));
    CHECK((*found)->known.seniority == 4);
  }
}

} // namespace

TEST_CASE("the first record with a key is found, also after the store is "
          "opened anew; one of a batch that was lost is not") {
  auto disk = std::make_shared<store::memory_store>();
  constexpr std::uint64_t a_round = 700;
  for (std::uint64_t round = 0; round < 4; ++round) {
    store::pending_view view(disk);
    first_holders holders(view);
    CHECK_FALSE(holders.has_room());
    REQUIRE(holders.open());
    CHECK(holders.has_room());
    for (std::uint64_t i = 0; i < a_round * round; ++i)
      check_held(holders, i);
    for (auto i = a_round * round; i < a_round * (round + 1); ++i) {
      for (auto key : keys_of_record(i))
        CHECK_FALSE(*holders.find(key));
      REQUIRE(
          holders.add(record_number(i), facts_of_record(i), keys_of_record(i)));
      check_held(holders, i);
      if (i % 37 == 0)
        commit(*disk, view);
    }
    commit(*disk, view);
    REQUIRE(holders.add(record_number(7'000'000 + round), {}, {round + 1}));
  }
  store::pending_view view(disk);
  first_holders holders(view);
  REQUIRE(holders.open());
  for (std::uint64_t i = 0; i < 4 * a_round; ++i)
    check_held(holders, i);
  for (std::uint64_t lost = 1; lost <= 4; ++lost)
    CHECK_FALSE(*holders.find(lost));
}

TEST_CASE("all who brought a key are visited in the order in which they came") {
  auto disk = std::make_shared<store::memory_store>();
  store::pending_view view(disk);
  constexpr std::uint64_t key = 77;
  first_holders holders(view);
  REQUIRE(holders.open());
  for (std::uint64_t i = 0; i < 100; ++i) {
    REQUIRE(holders.add(record_number(i), facts_of_record(i), {i + 1000, key}));
    if (i % 13 == 0)
      commit(*disk, view);
  }
  first_holders again(view);
  REQUIRE(again.open());
  for (const auto* each : {&holders, &again}) {
    std::uint64_t next = 0;
    REQUIRE(each->each(key, [&](const auto& one) {
      CHECK(one.record == record_number(next));
      CHECK(one.known.country == static_cast<std::uint16_t>(next));
      return ++next < 90;
    }));
    CHECK(next == 90);
  }
}

TEST_CASE("keys that nobody brought have no holder, however many there are, "
          "and there is an end to those that are kept") {
  store::pending_view view(std::make_shared<store::memory_store>());
  first_holders holders(view);
  REQUIRE(holders.open());
  std::mt19937_64 random(5);
  std::vector<std::uint64_t> keys(250);
  std::uint64_t number = 0;
  for (; holders.has_room(); ++number) {
    std::generate(keys.begin(), keys.end(), std::ref(random));
    REQUIRE(holders.add(record_number(number), {}, keys));
    REQUIRE(number < 13'000);
  }
  CHECK(number > 12'000);
  CHECK((*holders.find(keys.front()))->record == record_number(number - 1));
  for (auto i = 0; i < 2'000; ++i)
    CHECK_FALSE(*holders.find(random()));
}

TEST_CASE("a page that is damaged has no holders where it is") {
  auto disk = std::make_shared<store::memory_store>();
  store::pending_view view(disk);
  first_holders holders(view);
  REQUIRE(holders.open());
  REQUIRE(holders.add(record_number(1), {}, {11, 12}));
  REQUIRE(holders.add(record_number(2), {}, {13}));
  auto page = *view.lookup("dup/h/0000000000000001");
  REQUIRE(page);
  for (std::size_t size = 0; size < page->size(); ++size) {
    view.put_index("dup/h/0000000000000001", page->substr(0, size));
    first_holders again(view);
    REQUIRE(again.open());
    CHECK_FALSE(*again.find(13));
    REQUIRE(again.find(12));
  }
}
