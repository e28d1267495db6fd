#include "actors/collect/posting_index.hpp"
#include "actors/dedupe/batch.hpp"
#include "actors/store/leveldb_store.hpp"
#include "actors/store/memory_store.hpp"
#include "tests/dedupe/id_groups.hpp"
#include "tests/dedupe/planted.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <csignal>
#include <random>
#include <set>

#include <sys/wait.h>
#include <unistd.h>

using namespace jobfarm;
using test::groups_in;
using test::id_groups;

namespace {

/// Places postings and commits after every `step`; returns the sum of the
/// postings that the index said it stored.
std::int64_t ingest(store::store& disk,
                    const std::shared_ptr<const store::store>& read,
                    const std::vector<job_posting>& postings,
                    std::size_t step) {
  store::pending_view view(read);
  collect::posting_index index({}, view);
  std::int64_t stored = 0;
  for (std::size_t i = 0; i < postings.size(); ++i) {
    auto made = index.place(postings[i], "board");
    if (!made)
      return -1;
    stored += made->stored;
    if ((i + 1) % step != 0 && i + 1 < postings.size())
      continue;
    if (!disk.commit(*view.take_batch()))
      return -1;
    view.committed();
  }
  return stored;
}

id_groups batch_groups(const std::vector<job_posting>& postings) {
  dedupe::batch all({});
  for (const auto& one : postings)
    all.add(one);
  auto made =
      all.groups([&](std::uint32_t number) -> expected<dedupe::shingle_set> {
        return dedupe::shingles_of(postings[number].description);
      });
  REQUIRE(made);
  id_groups groups;
  for (const auto& group : *made) {
    std::set<std::string> ids;
    for (auto member : group)
      ids.insert(postings[member].source + postings[member].source_id);
    groups.insert(std::move(ids));
  }
  return groups;
}

} // namespace

TEST_CASE("the store's groups are those of the whole set, in any order and "
          "batch size") {
  auto postings = test::planter(7).plant(250).postings;
  auto wanted = batch_groups(postings);
  std::mt19937 random(2);
  for (std::size_t step : {1u, 3u, 50u, 1000u}) {
    auto disk = std::make_shared<store::memory_store>();
    auto stored = ingest(*disk, disk, postings, step);
    CHECK(groups_in(*disk) == wanted);
    CHECK(stored == static_cast<std::int64_t>(wanted.size()));
    std::shuffle(postings.begin(), postings.end(), random);
  }
}

TEST_CASE("killed at any instant, the store ends with the same groups") {
  auto postings = test::planter(8).plant(300).postings;
  auto wanted = batch_groups(postings);
  test::temporary_directory dir;
  auto path = (dir.path() / "store").string();
  std::mt19937 random(3);
  auto start = [&] {
    auto child = ::fork();
    if (child != 0)
      return child;
    auto disk = store::open_leveldb_store(path);
    if (!disk)
      ::_exit(2);
    std::shared_ptr<store::store> shared(*std::move(disk));
    auto stored = ingest(*shared, shared, postings, 4);
    shared.reset();
    ::_exit(stored < 0 ? 3 : 0);
  };
  for (int i = 0; i < 50; ++i) {
    auto child = start();
    ::usleep(static_cast<useconds_t>(1000 + random() % 40'000));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }
  int status = 0;
  ::waitpid(start(), &status, 0);
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == 0);
  auto disk = store::open_leveldb_store(path);
  REQUIRE(disk);
  CHECK(groups_in(**disk) == wanted);
}

TEST_CASE("ads of one company that are the same are not read again for each") {
  struct counting_store : store::memory_store {
    mutable std::size_t reads = 0;
    expected<std::optional<job_posting>>
    posting(std::string_view id, std::string_view likely) const override {
      ++reads;
      return memory_store::posting(id, likely);
    }
    expected<std::optional<job_posting>>
    original(std::string_view id, std::string_view likely) const override {
      ++reads;
      return memory_store::original(id, likely);
    }
  };
  const auto has_own_requisition = GENERATE(false, true);
  constexpr std::size_t many = 1200;
  auto disk = std::make_shared<counting_store>();
  store::pending_view view(disk);
  collect::posting_index index({}, view);
  auto one = test::planter(9).plant(1).postings.front();
  for (std::size_t i = 0; i < many; ++i) {
    one.source_id = std::to_string(i);
    one.id = text::hash_hex(one.source_id);
    one.url = "https://boarda.example/" + one.source_id;
    if (has_own_requisition)
      one.requisition_id = one.source_id;
    one.sightings = {
        {one.source, one.source_id, one.url, one.city, one.first_seen}};
    REQUIRE(index.place(one, "board"));
    REQUIRE(disk->commit(*view.take_batch()));
    view.committed();
  }
  CHECK(groups_in(*disk).size() == (has_own_requisition ? many : 1));
  CHECK(disk->reads < 10 * many);
}
