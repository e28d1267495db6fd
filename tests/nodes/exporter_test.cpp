#include "nodes/exporter.hpp"

#include "actors/store/memory_store.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <sstream>

#include <pthread.h>
#include <sys/resource.h>

using namespace jobfarm;

namespace {

/// Has a posting that cannot be read, and a second list of ids that cannot be
/// read the first time.
class damaged_store : public store::memory_store {
public:
  expected<std::vector<std::string>>
  found_after(std::string_view query_id,
              std::string_view after) const override {
    auto found = memory_store::found_after(query_id, after);
    if (!lists_fail || !found)
      return found;
    if (!after.empty())
      return lists_read++ == 0 ? unreadable() : found;
    // There must be more for a second list to be asked for.
    while (found->size() < jobfarm::store::most_found_at_once)
      found->push_back("q" + std::to_string(10'000'000 + found->size()));
    return found;
  }

  expected<void>
  read_postings(const std::vector<std::string>& ids, job_posting& one,
                const std::function<bool()>& visit) const override {
    if (std::find(ids.begin(), ids.end(), damaged) != ids.end())
      return unreadable().error();
    return memory_store::read_postings(ids, one, visit);
  }

  std::string damaged;
  bool lists_fail = false;

private:
  static expected<std::vector<std::string>> unreadable() {
    return fail(errc::store_failed, "read: it is damaged");
  }

  mutable std::atomic<int> lists_read{0};
};

constexpr int posting_count = 1000;

/// Postings p1000 to p1999, all found by query "q".
void fill(store::store& disk) {
  store::batch changes;
  for (auto i = 0; i < posting_count; ++i) {
    job_posting one;
    one.id = "p" + std::to_string(1000 + i);
    one.title = "Engineer " + std::to_string(i);
    changes.found.push_back({"q", one.id});
    changes.put(std::move(one));
  }
  REQUIRE(disk.commit(changes));
}

std::int64_t written(const store::store& disk,
                     const nodes::export_order& order) {
  auto count = nodes::export_query(disk, "q", order);
  REQUIRE(count);
  return *count;
}

std::vector<std::string> ids_in(const std::string& path) {
  std::istringstream lines(test::read_file(path));
  std::vector<std::string> ids;
  for (std::string line; std::getline(lines, line);) {
    auto at = line.find("\"id\":\"");
    REQUIRE(at != line.npos);
    ids.push_back(line.substr(at + 6, 5));
  }
  return ids;
}

} // namespace

TEST_CASE("every file of an export holds all postings in order") {
  store::memory_store disk;
  fill(disk);
  test::temporary_directory here;
  nodes::export_order order;
  for (const auto* name : {"a.jsonl", "b.jsonl"})
    order.paths.push_back((here.path() / name).string());
  for (auto level : {enrich_level::none, enrich_level::basic}) {
    order.level = level;
    REQUIRE(written(disk, order) == posting_count);
    for (const auto& path : order.paths) {
      auto ids = ids_in(path);
      REQUIRE(ids.size() == posting_count);
      for (std::size_t i = 0; i < ids.size(); ++i)
        CHECK(ids[i] == "p" + std::to_string(1000 + i));
    }
  }
}

TEST_CASE("files of every kind hold the same postings in order") {
  store::memory_store disk;
  fill(disk);
  test::temporary_directory here;
  nodes::export_order order;
  for (const auto* name : {"a.csv", "a.xlsx", "a.jsonl"})
    order.paths.push_back((here.path() / name).string());
  REQUIRE(written(disk, order) == posting_count);
  std::istringstream lines(test::read_file(order.paths[0]));
  std::string line;
  std::getline(lines, line);
  auto number = 0;
  for (; std::getline(lines, line); ++number)
    CHECK(line.rfind("Engineer " + std::to_string(number) + ",", 0) == 0);
  CHECK(number == posting_count);
  CHECK(ids_in(order.paths[2]).size() == posting_count);
  CHECK(std::filesystem::exists(order.paths[1]));
}

TEST_CASE("an export ends at its limit, which need not fill a batch") {
  store::memory_store disk;
  fill(disk);
  test::temporary_directory here;
  nodes::export_order order;
  order.paths = {(here.path() / "some.jsonl").string()};
  for (std::int64_t limit : {1, 63, 64, 65, 128, 999}) {
    order.limit = limit;
    REQUIRE(written(disk, order) == limit);
    CHECK(ids_in(order.paths[0]).size() == static_cast<std::size_t>(limit));
  }
}

TEST_CASE("an export holds what its order asks for only") {
  store::memory_store disk;
  fill(disk);
  test::temporary_directory here;
  nodes::export_order order;
  order.paths = {(here.path() / "some.jsonl").string()};
  order.match = [](const job_posting& one) { return one.id.back() == '7'; };
  CHECK(written(disk, order) == posting_count / 10);
  order.limit = 33;
  CHECK(written(disk, order) == 33);
  auto ids = ids_in(order.paths[0]);
  CHECK(std::all_of(ids.begin(), ids.end(),
                    [](const auto& id) { return id.back() == '7'; }));
}

TEST_CASE("an export that cannot write says so and leaves no file") {
  store::memory_store disk;
  fill(disk);
  test::temporary_directory here;
  nodes::export_order order;
  order.paths = {(here.path() / "none" / "some.jsonl").string()};
  CHECK_FALSE(nodes::export_query(disk, "q", order));
  CHECK(std::filesystem::is_empty(here.path()));
}

TEST_CASE("an export of what cannot all be read says so and leaves no file") {
  damaged_store disk;
  fill(disk);
  SECTION("postings") {
    disk.damaged = GENERATE("p1000", "p1500", "p1999");
  }
  SECTION("which ones there are") {
    disk.lists_fail = true;
  }
  test::temporary_directory here;
  nodes::export_order order;
  order.level = enrich_level::none;
  order.paths = {(here.path() / "a.jsonl").string(),
                 (here.path() / "a.csv").string()};
  auto count = nodes::export_query(disk, "q", order);
  REQUIRE_FALSE(count);
  CHECK(count.error().code == errc::store_failed);
  CHECK(std::filesystem::is_empty(here.path()));
}

namespace {

/// Of `count` postings, all but every eighth are of so many bytes.
void fill_large(store::store& disk, int count, std::size_t bytes) {
  for (auto i = 0; i < count; ++i) {
    job_posting one;
    one.id = "p" + std::to_string(1000 + i);
    one.description.assign(i % 8 != 0 ? bytes : 10, 'x');
    // One at a time: what is in memory afterwards is the most that was.
    store::batch changes;
    changes.found.push_back({"q", one.id});
    changes.put(std::move(one));
    REQUIRE(disk.commit(changes));
  }
}

/// The most that the process has had in memory.
long peak_kilobytes() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

/// No thread can be started as long as this lives.
class no_more_threads {
public:
  no_more_threads() {
    ::pthread_getattr_default_np(&before_);
    pthread_attr_t none;
    ::pthread_getattr_default_np(&none);
    REQUIRE(::pthread_attr_setstacksize(&none, std::size_t{1} << 46) == 0);
    REQUIRE(::pthread_setattr_default_np(&none) == 0);
  }
  ~no_more_threads() {
    ::pthread_setattr_default_np(&before_);
  }

private:
  pthread_attr_t before_;
};

} // namespace

TEST_CASE("large postings are written in order, few of them at a time") {
  store::memory_store disk;
  constexpr auto count = 200;
  fill_large(disk, count, 1u << 20);
  test::temporary_directory here;
  nodes::export_order order;
  order.level = enrich_level::none;
  for (const auto* name : {"a.jsonl", "a.csv"})
    order.paths.push_back((here.path() / name).string());
  const auto before = peak_kilobytes();
  REQUIRE(written(disk, order) == count);
  // What is freed stays for a while with a sanitizer.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  CHECK(peak_kilobytes() - before < 48 * 1024);
#else
  (void)before;
#endif
  auto ids = ids_in(order.paths[0]);
  REQUIRE(ids.size() == count);
  CHECK(std::is_sorted(ids.begin(), ids.end()));
  order.limit = 7;
  CHECK(written(disk, order) == 7);
}

TEST_CASE("an export goes on with one thread where there is no second") {
  store::memory_store disk;
  fill(disk);
  test::temporary_directory here;
  nodes::export_order order;
  order.paths.push_back((here.path() / "a.jsonl").string());
  const no_more_threads alone;
  CHECK(written(disk, order) == posting_count);
  CHECK(ids_in(order.paths[0]).size() == posting_count);
}
