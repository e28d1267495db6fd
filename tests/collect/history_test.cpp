#include "actors/collect/listing_history.hpp"
#include "actors/collect/page_memory.hpp"
#include "actors/store/memory_store.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::collect;

namespace {

store::pending_view empty_store() {
  return store::pending_view(std::make_shared<store::memory_store>());
}

task last_page(const std::string& source, std::int64_t before) {
  task one;
  one.source = source;
  one.board = "acme";
  one.collected_before = before;
  return one;
}

task_outcome showing(std::int64_t records) {
  task_outcome made;
  made.handed_out = records;
  return made;
}

/// Whether a listing of so many is suspicious.
bool is_suspicious(store::pending_view& view, std::int64_t shown) {
  auto judged = judge_listing(view, {"listing/x", shown});
  REQUIRE(judged);
  return judged->has_value();
}

task job_page(const std::string& modified_at) {
  task one;
  one.source = "jsonld";
  one.board = "https://a.example/careers";
  one.request.url = "https://a.example/jobs/1";
  one.modified_at = modified_at;
  return one;
}

} // namespace

TEST_CASE("all pages of a listing count, at its last one") {
  job_query query;
  auto page = last_page("smartrecruiters", 200);
  auto outcome = showing(17);
  auto whole = listing_read(page, outcome, query);
  REQUIRE(whole);
  CHECK(whole->shown == 217);
  CHECK(whole->key == listing_read(last_page("smartrecruiters", 0),
                                   showing(3), query)->key);
  outcome.next_tasks.push_back(last_page("smartrecruiters", 217));
  CHECK_FALSE(listing_read(page, outcome, query));
  outcome = showing(17);
  outcome.shortfall = fail(errc::bad_payload, "");
  CHECK_FALSE(listing_read(page, outcome, query));
}

TEST_CASE("a search is another one if something else is asked for") {
  job_query query;
  query.text = "program manager";
  auto key = [&] {
    return listing_read(last_page("indeed", 0), showing(9), query)->key;
  };
  auto first = key();
  CHECK(key() == first);
  query.locations = {"Berlin"};
  CHECK(key() != first);
}

TEST_CASE("a career site's sitemaps are listings of their own") {
  auto page = last_page("jsonld", 0);
  auto outcome = showing(0);
  outcome.next_tasks.resize(40);
  for (auto& one : outcome.next_tasks)
    one.kind = page_kind::detail;
  page.request.url = "https://a.example/sitemap-1.xml";
  auto first = listing_read(page, outcome, {});
  REQUIRE(first);
  CHECK(first->shown == 40);
  page.request.url = "https://a.example/sitemap-2.xml";
  CHECK(listing_read(page, outcome, {})->key != first->key);
  // A job's page lists nothing.
  page.kind = page_kind::detail;
  CHECK_FALSE(listing_read(page, showing(1), {}));
}

TEST_CASE("a listing that falls suddenly is not believed before it is read so "
          "again") {
  auto view = empty_store();
  CHECK_FALSE(is_suspicious(view, 100));
  CHECK_FALSE(is_suspicious(view, 60));
  CHECK(is_suspicious(view, 0));
  CHECK_FALSE(is_suspicious(view, 50));
  CHECK(is_suspicious(view, 5));
  CHECK_FALSE(is_suspicious(view, 4));
  CHECK_FALSE(is_suspicious(view, 5));
  CHECK_FALSE(is_suspicious(view, 60));
  CHECK(is_suspicious(view, 5));
}

TEST_CASE("what a page gave holds as long as its site says nothing new") {
  auto view = empty_store();
  auto page = job_page("2026-11-01");
  CHECK_FALSE(*unchanged_records(view, page, 1000));
  remember_page(view, page, {"r1", "r2"}, 1000);
  CHECK(**unchanged_records(view, page, 2000)
        == std::vector<std::string>{"r1", "r2"});
  CHECK_FALSE(*unchanged_records(view, job_page("2026-11-02"), 2000));
  CHECK_FALSE(*unchanged_records(view, job_page(""), 2000));
  // A week later it is read all the same.
  CHECK_FALSE(*unchanged_records(view, page, 1000 + 8 * 86'400));
}

TEST_CASE("a page without a posting is remembered as well") {
  auto view = empty_store();
  remember_page(view, job_page("2026-11-01"), {}, 1000);
  auto again = unchanged_records(view, job_page("2026-11-01"), 1001);
  REQUIRE(*again);
  CHECK((*again)->empty());
}
