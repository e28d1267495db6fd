#include "actors/collect/candidate_blocks.hpp"

#include "tests/collect/committed.hpp"

#include <catch2/catch.hpp>

#include <cstring>
#include <memory>
#include <set>
#include <string>

using namespace jobfarm;
using namespace jobfarm::collect;
using jobfarm::test::commit;

namespace {

constexpr std::uint64_t number = 7;

dedupe::block_entry entry(std::size_t which) {
  dedupe::block_entry made;
  made.block = number;
  made.bands.resize(24);
  for (std::size_t i = 0; i < made.bands.size(); ++i)
    made.bands[i] = static_cast<dedupe::lane>(which * 31 + i + 1);
  made.marks.resize(dedupe::company_marks);
  made.marks[0] = static_cast<dedupe::lane>(which / 10 + 1);
  return made;
}

record_name record(std::size_t which) {
  record_name made{};
  made[0] = 'r';
  std::memcpy(&made[8], &which, sizeof which);
  return made;
}

entry_lanes lanes(std::size_t which) {
  entry_lanes made;
  write_entry(made, record(which), entry(which));
  return made;
}

/// A store's blocks as they are read anew.
struct opened_blocks {
  explicit opened_blocks(std::shared_ptr<store::memory_store> store,
                         std::size_t most_scanned)
      : disk(std::move(store)), plan(made_plan(most_scanned)) {
    REQUIRE(keys.open());
  }

  static dedupe::candidate_plan made_plan(std::size_t most_scanned) {
    auto plan = dedupe::plan_candidates(0.85, dedupe::rule::location);
    plan.most_sharing = most_scanned;
    return plan;
  }

  candidate_blocks::block& block() {
    auto opened = blocks.open(number, entry_shape(entry(0)));
    REQUIRE(opened);
    return **opened;
  }

  void put(std::size_t place, const entry_lanes& what) {
    REQUIRE(blocks.put(number, block(), place, what));
  }

  /// True if the entry stands there, and its lanes find it.
  bool has(std::size_t which, std::size_t place) {
    const auto& entries = block().entries;
    if (place >= entries.size() || entries.record(place) != record(which))
      return false;
    auto asked = lanes(which);
    asked.erase(asked.begin(), asked.begin() + entry_head_lanes);
    for (const auto& found : entries.records_with(asked.data(), 5))
      if (found == record(which))
        return true;
    return false;
  }

  std::shared_ptr<store::memory_store> disk;
  dedupe::candidate_plan plan;
  store::pending_view view{disk};
  index_keys keys{view};
  candidate_blocks blocks{plan, keys};
};

constexpr std::size_t all = 500;

void fill(opened_blocks& to) {
  for (std::size_t i = 0; i < all; ++i) {
    to.put(to.block().entries.free_place(), lanes(i));
    if (i % 7 == 0)
      commit(*to.disk, to.view);
  }
  commit(*to.disk, to.view);
}

std::string chunk_key(std::size_t chunk) {
  return numbered("dup/c/", number) + '/' + std::to_string(chunk);
}

} // namespace

TEST_CASE("blocks are read as they were written, of any size") {
  for (std::size_t most_scanned : {0u, 100u, 2000u}) {
    INFO(most_scanned << " scanned");
    auto disk = std::make_shared<store::memory_store>();
    {
      opened_blocks first(disk, most_scanned);
      fill(first);
      for (std::size_t out : {3u, 40u, 499u})
        first.put(out, entry_lanes(first.block().entries.entry_size()));
      commit(*disk, first.view);
    }
    opened_blocks next(disk, most_scanned);
    REQUIRE(next.block().entries.size() == all);
    CHECK(next.block().entries.has_lanes() == (most_scanned == 2000));
    const std::set<std::size_t> without{3, 40, 499};
    for (std::size_t i = 0; i < all; ++i)
      REQUIRE(next.has(i, i) == (without.count(i) == 0));
    // A place that is free is taken again, and what stands beside it stays.
    next.put(next.block().entries.free_place(), lanes(600));
    next.put(next.block().entries.size(), lanes(601));
    commit(*disk, next.view);
    opened_blocks last(disk, most_scanned);
    CHECK(last.has(600, 3));
    CHECK(last.has(2, 2));
    CHECK(last.has(4, 4));
    CHECK(last.has(601, all));
    CHECK(last.block().entries.free_place() == 40);
  }
}

TEST_CASE("what is damaged of a block does not move the rest") {
  for (std::size_t most_scanned : {0u, 2000u}) {
    INFO(most_scanned << " scanned");
    auto disk = std::make_shared<store::memory_store>();
    {
      opened_blocks first(disk, most_scanned);
      fill(first);
    }
    store::batch damage;
    const auto entry_bytes = lanes(0).size() * sizeof(dedupe::lane);
    auto chunk = *disk->lookup(chunk_key(3));
    REQUIRE(chunk);
    damage.index[chunk_key(3)] = chunk->substr(0, 2 * entry_bytes + 5);
    damage.index[chunk_key(5)] = std::nullopt;
    damage.index[chunk_key(std::size_t{1} << 60)] = *chunk;
    REQUIRE(disk->commit(damage));
    opened_blocks next(disk, most_scanned);
    REQUIRE(next.block().entries.size() == all);
    for (std::size_t i = 0; i < all; ++i)
      REQUIRE(next.has(i, i) == (i / 16 != 5 && (i < 50 || i >= 64)));
    CHECK(next.block().entries.free_place() == 50);
    next.put(50, lanes(700));
    next.put(81, lanes(701));
    commit(*disk, next.view);
    opened_blocks last(disk, most_scanned);
    CHECK(last.has(700, 50));
    CHECK(last.has(701, 81));
  }
}
