#include "tests/sources/page_fixture.hpp"

using namespace jobfarm;
using namespace jobfarm::test;
using sources::ziprecruiter;

TEST_CASE("cards of the older pages are read by their integers") {
  auto page =
      parsed(ziprecruiter, "ziprecruiter/older.html",
             "https://www.ziprecruiter.com/jobs-search?search=p&page=1");
  REQUIRE(page.postings.size() == 2);
  const auto& first = page.postings[0];
  CHECK(first.source_id == "AAAAAAAAAAAAAAAAAAAAA1");
  CHECK(first.salary_min == 6000);
  CHECK(first.salary_period == "month");
  CHECK(first.salary_currency == "USD");
  CHECK(first.employment_type == "full-time");
  CHECK(first.remote == true);
  CHECK(first.posted == "2026-01-05T00:00:00Z");
  CHECK(first.description_html == "<p>All of it.</p>");
  CHECK(first.url
        == "https://www.ziprecruiter.com/c/Kestrel/Job/Planner/"
           "-in-Remote,US?jid=1a");
  CHECK(page.total_stated == 4);
  REQUIRE(page.next.size() == 1);
  CHECK(page.next[0].request.url
        == "https://www.ziprecruiter.com/jobs-search?search=p&page=2");
  REQUIRE(page.rejections.size() == 1);
  CHECK(page.rejections[0].reason == "not active");
}

TEST_CASE("predicted pay and places of work are not facts") {
  auto page = parsed(ziprecruiter, "ziprecruiter/older.html");
  const auto& second = page.postings.at(1);
  CHECK_FALSE(second.salary_min);
  CHECK(extra_of(second)["salary_predicted"]["max"] == 60000);
  CHECK_FALSE(second.remote);
  CHECK(extra_of(second)["workplace_predicted"] == "remote");
  CHECK(extra_of(second)["description_is_excerpt"] == true);
}

TEST_CASE("cards of the newer pages are read by their words") {
  auto page =
      parsed(ziprecruiter, "ziprecruiter/newer.html",
             "https://www.ziprecruiter.com/jobs-search?search=p&page=2");
  REQUIRE(page.postings.size() == 2);
  const auto& first = page.postings[0];
  CHECK(first.title == "Line {Lead}");
  CHECK(first.salary_min == 25);
  CHECK(first.salary_period == "hour");
  CHECK(first.employment_type == "full-time");
  CHECK(extra_of(first)["workplace_type"] == "remote optional");
  CHECK_FALSE(first.remote);
  CHECK_FALSE(page.postings[1].salary_min);
  REQUIRE(page.next.size() == 1);
  CHECK(page.next[0].request.url
        == "https://www.ziprecruiter.com/jobs-search?search=p&page=3");
}

TEST_CASE("a page of neither generation is refused loudly") {
  auto strange = ziprecruiter.parse("<html>hello</html>", context_for());
  REQUIRE_FALSE(strange);
  CHECK(strange.error().code == errc::schema_changed);
  auto refused = ziprecruiter.parse(
      R"({"status_code":403,"error_code":"forbidden cf-waf"})", context_for());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == errc::bot_detected);
  auto cut = ziprecruiter.parse(page("ziprecruiter/older.html").substr(0, 1200),
                                context_for());
  REQUIRE_FALSE(cut);
  CHECK(cut.error().code == errc::bad_payload);
}

TEST_CASE("a search that found nothing is empty") {
  auto page = ziprecruiter.parse(
      R"(<script id="js_variables">{"page":1,"maxPages":0,)"
      R"("listJobKeysResponse":{"totalListings":0}}</script>)",
      context_for());
  REQUIRE(page);
  CHECK(page->verdict == answer::empty);
}
