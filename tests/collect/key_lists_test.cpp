#include "actors/collect/key_lists.hpp"

#include "tests/collect/committed.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace jobfarm;
using namespace jobfarm::collect;

namespace {

constexpr std::uint64_t key = 4711;

std::string record_number(std::size_t number) {
  return std::string(record_bytes, static_cast<char>('a' + number));
}

struct lists_under_test {
  std::shared_ptr<store::memory_store> disk =
      std::make_shared<store::memory_store>();
  store::pending_view view{disk};
  index_keys keys{view};
  first_holders holders{view};
  key_lists lists{keys, holders};

  lists_under_test() {
    REQUIRE(keys.open());
    REQUIRE(holders.open());
  }

  void add(std::size_t number) {
    const auto record = record_number(number);
    const dedupe::facts known{static_cast<std::uint16_t>(number), 0, 0, 0};
    if (!lists.hold(key)) {
      auto list = lists.read(key);
      REQUIRE(list);
      lists.append(key, *list, record, known);
    }
    REQUIRE(lists.end_record(record, known));
  }

  /// The records of the list, and that each has its own facts.
  std::vector<std::string> listed() {
    std::vector<std::string> records;
    auto list = lists.read(key);
    REQUIRE(list);
    list->each([&](std::string_view record, const dedupe::facts& known) {
      records.emplace_back(record);
      CHECK(record == record_number(known.country));
    });
    return records;
  }

  bool is_written() {
    return *view.lookup("dup/k/0000000000001267") != std::nullopt;
  }
};

std::vector<std::string> numbers_to(std::size_t end) {
  std::vector<std::string> records;
  for (std::size_t i = 0; i < end; ++i)
    records.push_back(record_number(i));
  return records;
}

} // namespace

TEST_CASE("a key that a few records have is in no list of its own") {
  lists_under_test test;
  for (std::size_t i = 0; i < 12; ++i) {
    test.add(i);
    CHECK(test.is_written() == (i >= 4));
    CHECK(test.listed() == numbers_to(i + 1));
    if (i % 3 == 0)
      test::commit(*test.disk, test.view);
  }
}

TEST_CASE("a record that is taken out of a list leaves the others there") {
  const auto count = GENERATE(1, 2, 4, 6);
  lists_under_test test;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
    test.add(i);
  REQUIRE(test.lists.remove(key, record_number(0)));
  REQUIRE(test.lists.remove(key, record_number(20)));
  CHECK(test.listed().size() == static_cast<std::size_t>(count) - 1);
  for (const auto& one : test.listed())
    CHECK(one != record_number(0));
  test.add(0);
  CHECK(test.listed().size() == static_cast<std::size_t>(count));
  CHECK(test.listed().back() == record_number(0));
}
