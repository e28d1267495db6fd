#include "tests/sources/page_fixture.hpp"

using namespace jobfarm;
using namespace jobfarm::test;
using sources::indeed;

TEST_CASE("a result page gives its cards with what the employer said") {
  auto page = parsed(indeed, "indeed/search.html",
                     "https://uk.indeed.com/jobs?q=planner&start=0");
  REQUIRE(page.postings.size() == 2);
  const auto& first = page.postings[0];
  CHECK(first.source_id == "00000000000000a1");
  CHECK(first.url == "https://uk.indeed.com/viewjob?jk=00000000000000a1");
  CHECK(first.company == "Tulsa Valves & Co.");
  CHECK(first.salary_min == 31.5);
  CHECK_FALSE(first.salary_max);
  CHECK(first.salary_period == "HOURLY");
  CHECK(first.salary_currency == "USD");
  CHECK(first.posted == "1790000000123");
  CHECK(first.employment_type == "Full-time, Contract");
  CHECK_FALSE(first.remote);
  CHECK(first.description_html == "<ul><li>Plan } and { \"pack\" </li></ul>");
  CHECK(extra_of(first)["posted_relative"] == "2 days ago");
}

TEST_CASE("the site's guess of pay stays out of the salary") {
  auto page = parsed(indeed, "indeed/search.html");
  const auto& second = page.postings.at(1);
  CHECK_FALSE(second.salary_min);
  CHECK(second.salary.empty());
  CHECK(extra_of(second)["salary_predicted"]["min"] == 70000);
  CHECK(extra_of(second)["workplace_type"] == "hybrid");
  CHECK_FALSE(second.remote);
  CHECK(second.employment_type == "Part-time");
}

TEST_CASE("cards that cannot be shown are rejected with a reason") {
  auto page = parsed(indeed, "indeed/search.html");
  REQUIRE(page.rejections.size() == 3);
  CHECK(page.rejections[0].reason == "repeated on this page");
  CHECK(page.rejections[1].reason == "expired");
  CHECK(page.rejections[2].reason == "card without key or title");
}

TEST_CASE("the next page follows until the stated total") {
  auto page = parsed(indeed, "indeed/search.html",
                     "https://www.indeed.com/jobs?q=planner&start=0&l=Tulsa");
  REQUIRE(page.next.size() == 1);
  CHECK(page.next[0].request.url
        == "https://www.indeed.com/jobs?q=planner&start=10&l=Tulsa");
  CHECK(page.next[0].page == 1);
  auto last = parsed(indeed, "indeed/search.html",
                     "https://www.indeed.com/jobs?q=planner&start=990");
  CHECK(last.next.empty());
}

TEST_CASE("a job page gives the whole text and the original address") {
  auto page = parsed(indeed, "indeed/job.html");
  CHECK(page.kind == page_kind::detail);
  REQUIRE(page.postings.size() == 1);
  const auto& raw = page.postings[0];
  CHECK(raw.source == "indeed");
  CHECK(raw.description_html == "<div><p>Plan the week in full.</p></div>");
  CHECK(raw.application_url == "https://valves.example/jobs/17");
  CHECK(raw.salary_min == 65000);
  CHECK(raw.location == "Tulsa, OK 74101");
  CHECK(raw.remote == true);
  CHECK(raw.posted == "1790000000123");
  CHECK(extra_of(raw)["requisition_id"] == "R-17");
  CHECK(extra_of(raw)["valid_through"] == "2027-01-19");
}

TEST_CASE("pages without a model are read from their markup") {
  auto page = parsed(indeed, "indeed/markup.html");
  REQUIRE(page.postings.size() == 2);
  CHECK(page.postings[0].title == "Baker & Pastry Cook");
  CHECK(page.postings[0].company == "Crumb House");
  CHECK(page.postings[0].salary == "£12 an hour");
  CHECK(page.postings[1].salary.empty());
}

TEST_CASE("no cards and no model is never an empty result") {
  auto strange = indeed.parse("<html><p>Hello</p></html>", context_for());
  REQUIRE_FALSE(strange);
  CHECK(strange.error().code == errc::schema_changed);
  auto wall = indeed.parse(page("walls/challenge.html"), context_for());
  REQUIRE_FALSE(wall);
  CHECK(wall.error().code == errc::bot_detected);
  auto cut =
      indeed.parse(page("indeed/search.html").substr(0, 900), context_for());
  REQUIRE_FALSE(cut);
  CHECK(cut.error().code == errc::bad_payload);
  auto nothing = indeed.parse(
      R"(<script>window.mosaic.providerData["mosaic-provider-jobcards"]=)"
      R"({"metaData":{"mosaicProviderJobCardsModel":{"results":[]}}};</script>)",
      context_for());
  REQUIRE(nothing);
  CHECK(nothing->verdict == answer::empty);
}

TEST_CASE("a search is planned from its words") {
  sources::plan_context context;
  context.text = "program manager";
  context.location = "Austin, TX";
  context.posted_within_s = 90000;
  auto requests = indeed.plan(context);
  REQUIRE(requests);
  CHECK(requests->front().request.url
        == "https://www.indeed.com/jobs?q=program%20manager"
           "&l=Austin%2C%20TX&sort=date&fromage=2&start=0");
  CHECK_FALSE(indeed.plan({}));
}

TEST_CASE("a crawl asks for the own page of each card") {
  sources::page_request asked;
  asked.request.url = "https://uk.indeed.com/jobs?q=planner&start=0";
  auto context = context_for(asked.request.url);
  context.asked = &asked;
  auto list = indeed.parse(page("indeed/search.html"), context);
  REQUIRE(list);
  CHECK(list->postings.empty());
  REQUIRE(list->next.size() == 3);
  const auto& detail = list->next[0];
  CHECK(detail.kind == page_kind::detail);
  CHECK(detail.request.url
        == "https://uk.indeed.com/viewjob?jk=00000000000000a1");
  REQUIRE(detail.listed);
  CHECK(list->next[2].kind == page_kind::list);
  CHECK(list->next[2].collected_before == 2);
  context.url = detail.request.url;
  context.asked = &detail;
  auto job = indeed.parse(page("indeed/job.html"), context);
  REQUIRE(job);
  const auto& raw = job->postings.at(0);
  CHECK(raw.source_id == detail.listed->source_id);
  CHECK(raw.url == detail.listed->url);
  CHECK(raw.description_html == "<div><p>Plan the week in full.</p></div>");
  CHECK(extra_of(raw)["description_is_excerpt"] == false);
}

TEST_CASE("a search that the site shows only the beginning of is partial") {
  auto cards = page("indeed/search.html");
  auto at = cards.find("\"totalJobCount\":");
  REQUIRE(at != cards.npos);
  cards.insert(at + 16, "9000");
  auto cut = indeed.parse(
      cards, context_for("https://www.indeed.com/jobs?q=planner&start=990"));
  REQUIRE(cut);
  CHECK(cut->verdict == answer::partial);
  CHECK(cut->next.empty());
}
