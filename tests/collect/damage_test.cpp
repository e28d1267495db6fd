#include "actors/collect/posting_index.hpp"
#include "actors/store/leveldb_store.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>

using namespace jobfarm;

namespace {

/// A record with words of its own, or those of another.
job_posting record(char letter, char words) {
  job_posting one;
  one.id = std::string(32, letter);
  one.source = "lever";
  one.source_id = one.id;
  one.url = "https://jobs.lever.co/" + one.id;
  one.company = std::string("Company ") + words;
  one.title = std::string("Engineer of ") + words;
  one.first_seen = one.last_seen = "2026-01-01T00:00:00Z";
  for (auto i = 0; i < 100; ++i)
    one.description += std::string(1, words) + std::to_string(i) + ' ';
  one.sightings = {{"lever", one.id, one.url, "", one.first_seen}};
  return one;
}

struct damaged_farm {
  explicit damaged_farm(const std::string& dir) : path(dir) {
    open();
  }

  void open() {
    disk.reset();
    disk = *store::open_leveldb_store(path);
  }

  /// What an ingest that begins now makes of records.
  void place(const std::vector<job_posting>& records) {
    store::pending_view view(disk);
    collect::posting_index index({}, view);
    for (const auto& one : records) {
      INFO(one.id);
      auto made = index.place(one, "board");
      REQUIRE(made);
    }
    REQUIRE(disk->commit(*view.take_batch()));
  }

  /// Every text is something else than it was.
  void damage() {
    disk.reset();
    std::fstream file(path + "/texts", std::ios::in | std::ios::out);
    const std::string all(std::istreambuf_iterator<char>(file), {});
    file.clear();
    for (std::size_t i = 0; i < all.size(); i += 20)
      file.seekp(static_cast<std::streamoff>(i)).put('?');
    file.close();
    open();
  }

  /// Postings by id, each with the number of its sightings.
  std::string postings() const {
    std::string all;
    REQUIRE(disk->scan_postings("", [&](const job_posting& one) {
      CHECK(one.description.size() > 100);
      all += one.id.substr(0, 1) + std::to_string(one.sightings.size()) + ' ';
      return true;
    }));
    return all;
  }

  std::string path;
  std::shared_ptr<store::store> disk;
};

} // namespace

TEST_CASE("records that are damaged on disk are collected again") {
  test::temporary_directory dir;
  damaged_farm farm(dir.path().string());
  const std::vector<job_posting> all = {record('a', 'k'), record('b', 'm'),
                                        record('c', 'm')};
  farm.place(all);
  REQUIRE(farm.postings() == "a1 b2 ");
  farm.damage();
  CHECK(farm.postings().empty());
  SECTION("all of them") {
    farm.place(all);
    CHECK(farm.postings() == "a1 b2 ");
  }
  SECTION("one after the other, behind others that are new") {
    // Nobody can tell what these are like.
    farm.place({record('d', 'm'), record('e', 'k')});
    farm.place({all[1]});
    CHECK(farm.postings() == "b1 d1 e1 ");
    farm.place({all[2]});
    farm.place({all[0]});
    CHECK(farm.postings() == "a1 b2 d1 e1 ");
  }
}
