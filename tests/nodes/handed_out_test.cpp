#include "nodes/handed_out.hpp"

#include "actors/store/memory_store.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace jobfarm;

namespace {

/// Postings p0 to p9, or more, that query "q" found, those of odd number not
/// remote.
void fill(store::store& disk, int postings = 10) {
  store::batch changes;
  for (auto i = 0; i < postings; ++i) {
    job_posting one;
    one.id = "p" + std::to_string(i);
    one.remote = i % 2 == 0 ? work_mode::remote : work_mode::hybrid;
    changes.found.push_back({"q", one.id});
    changes.put(std::move(one));
  }
  REQUIRE(disk.commit(changes));
}

struct asked {
  explicit asked(bool remote_only, std::int64_t limit) {
    fill(disk);
    query.query_id = "q";
    query.remote_only = remote_only;
    query.limit = limit;
  }

  /// The ids of all pages of so many.
  std::string pages(std::size_t most) const {
    plan::query_match match(query, 0, nullptr);
    nodes::result_pages pages(disk, "q", match, "",
                              *nodes::last_handed_out(disk, query, match));
    std::string all;
    for (;;) {
      auto some = *pages.next(most);
      for (const auto& one : some)
        all += one.id + ' ';
      if (some.size() < most)
        return all;
    }
  }

  std::int64_t count() const {
    nodes::result_count counted(disk, query, {query, 0, nullptr});
    for (;;)
      if (auto all = *counted.go_on())
        return *all;
  }

  store::memory_store disk;
  job_query query;
};

} // namespace

TEST_CASE("what is handed out is asked for as it stands") {
  asked remote(true, 0);
  CHECK(remote.count() == 5);
  CHECK(remote.pages(2) == "p0 p2 p4 p6 p8 ");
}

TEST_CASE("no more than the limit is handed out, whatever the pages") {
  for (std::size_t most : {1, 2, 3, 4, 100}) {
    CHECK(asked(true, 3).pages(most) == "p0 p2 p4 ");
    CHECK(asked(false, 3).pages(most) == "p0 p1 p2 ");
  }
  CHECK(asked(true, 3).count() == 3);
  CHECK(asked(true, 7).count() == 5);
  CHECK(asked(true, 7).pages(2) == "p0 p2 p4 p6 p8 ");
}

namespace {

/// Counts what is read of it at a time, and how often it is looked through.
struct reading_store : store::memory_store {
  expected<std::vector<std::string>>
  found_after(std::string_view query_id,
              std::string_view after) const override {
    ++looks;
    return memory_store::found_after(query_id, after);
  }
  expected<void>
  read_postings(const std::vector<std::string>& ids, job_posting& one,
                const std::function<bool()>& visit) const override {
    most_read = std::max(most_read, ids.size());
    return memory_store::read_postings(ids, one, visit);
  }
  mutable std::size_t most_read = 0;
  mutable int looks = 0;
};

} // namespace

TEST_CASE("what is handed out is counted some postings at a time") {
  constexpr auto postings = 2 * static_cast<int>(store::most_found_at_once);
  reading_store disk;
  fill(disk, postings);
  job_query query;
  query.query_id = "q";
  query.remote_only = true;
  nodes::result_count counted(disk, query, {query, 0, nullptr});
  std::optional<std::int64_t> all;
  auto parts = 0;
  for (; !all; ++parts)
    all = *counted.go_on();
  CHECK(*all == postings / 2);
  CHECK(disk.most_read <= 256);
  CHECK(parts >= postings / 256);
}

TEST_CASE("what a query found is not looked through for each page") {
  reading_store disk;
  fill(disk, 1000);
  nodes::result_pages pages(disk, "q", {job_query{}, 0, nullptr}, "p2", "p90");
  std::vector<std::string> ids;
  for (std::size_t size = 9; size == 9;) {
    auto some = *pages.next(9);
    size = some.size();
    for (const auto& one : some)
      ids.push_back(one.id);
  }
  CHECK(ids.front() == "p20");
  CHECK(ids.back() == "p90");
  CHECK(std::is_sorted(ids.begin(), ids.end()));
  CHECK(ids.size() == 778);
  CHECK(disk.looks == 1);
}
