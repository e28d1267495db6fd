#include "actors/store/found_lists.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace jobfarm;
namespace st = jobfarm::store;

namespace {

using ids = std::vector<std::string>;

struct found_fixture {
  void put(const std::string& query_id, const ids& found) {
    std::vector<st::found_entry> entries;
    for (const auto& id : found)
      entries.push_back({query_id, id});
    st::leveldb_changes changes;
    st::put_found(changes, entries, number);
    REQUIRE(db->write(changes));
  }
  ids after(const std::string& id) const {
    return *st::found_after(*db, "q", id);
  }

  test::temporary_directory dir;
  std::unique_ptr<st::leveldb_database> db =
      *st::leveldb_database::open(dir.path().string());
  std::uint64_t number = 0;
};

} // namespace

TEST_CASE_METHOD(found_fixture, "what batches found is one list in order") {
  put("q", {"d", "b"});
  put("q", {"c", "b", "a"});
  put("other", {"e"});
  CHECK(number == 3);
  CHECK(after("") == ids{"a", "b", "c", "d"});
  CHECK(after("b") == ids{"c", "d"});
  CHECK(after("bb") == ids{"c", "d"});
  CHECK(after("d").empty());
}

TEST_CASE_METHOD(found_fixture, "very many are given in parts, none lost") {
  ids all;
  for (std::size_t i = 0; i < 2 * st::most_found_at_once + 1000; ++i)
    all.push_back(std::to_string(i));
  auto shuffled = all;
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937{7});
  // Every id twice: batches may repeat what was found.
  for (std::size_t at = 0; at < shuffled.size(); at += 1000) {
    ids some(shuffled.begin() + static_cast<std::ptrdiff_t>(at),
             shuffled.begin()
                 + static_cast<std::ptrdiff_t>(
                     std::min(at + 1000, shuffled.size())));
    put("q", some);
    put("q", some);
  }
  std::sort(all.begin(), all.end());
  ids got;
  for (auto part = after(""); !part.empty(); part = after(got.back())) {
    CHECK(part.size() <= st::most_found_at_once);
    got.insert(got.end(), part.begin(), part.end());
  }
  CHECK(got == all);
}
