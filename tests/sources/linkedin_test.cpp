#include "tests/sources/page_fixture.hpp"

using namespace jobfarm;
using namespace jobfarm::test;
using sources::linkedin;

namespace {

const std::string search =
    "https://www.linkedin.com/jobs-guest/jobs/api/seeMoreJobPostings/search"
    "?keywords=lead&start=";

} // namespace

TEST_CASE("each card asks for its text and keeps what it said") {
  auto page = parsed(linkedin, "linkedin/cards.html", search + "0&f_WT=2");
  CHECK(page.postings.empty());
  REQUIRE(page.next.size() == 2);
  CHECK(page.next[0].kind == page_kind::detail);
  CHECK(page.next[0].request.url
        == "https://www.linkedin.com/jobs-guest/jobs/api/jobPosting/"
           "9000000001");
  REQUIRE(page.next[0].listed);
  const auto& card = *page.next[0].listed;
  CHECK(card.source_id == "9000000001");
  CHECK(card.title == "Program Lead & Coach");
  CHECK(card.company == "Blue Heron");
  CHECK(card.location == "Pune, Maharashtra, India");
  CHECK(card.posted == "2026-11-23");
  CHECK(card.url == "https://www.linkedin.com/jobs/view/9000000001");
  CHECK(card.remote == true);
  CHECK(extra_of(card)["posted_relative"] == "3 hours ago");
  REQUIRE(page.next[1].listed);
  const auto& second = *page.next[1].listed;
  CHECK(second.company == "Stealth Startup");
  CHECK(second.salary == "CA$120,000.00 - CA$140,000.00");
  CHECK(page.rejections.size() == 1);
}

TEST_CASE("a short page is the last one") {
  CHECK(parsed(linkedin, "linkedin/cards.html", search + "0").next.size() == 2);
  std::string full;
  for (int i = 0; i < 10; ++i)
    full += R"(<div data-entity-urn="urn:li:jobPosting:80000000)"
            + std::to_string(10 + i)
            + R"("><h3 class="base-search-card__title">A</h3></div>)";
  auto page = linkedin.parse(full, context_for(search + "20"));
  REQUIRE(page);
  REQUIRE(page->next.size() == 11);
  CHECK(page->next.back().kind == page_kind::list);
  CHECK(page->next.back().request.url == search + "30");
}

TEST_CASE("a job page fills what its card left open") {
  auto list = parsed(linkedin, "linkedin/cards.html", search + "0");
  auto asked = list.next[0];
  auto context = context_for(asked.request.url);
  context.asked = &asked;
  auto result = linkedin.parse(page("linkedin/job.html"), context);
  REQUIRE(result);
  REQUIRE(result->postings.size() == 1);
  const auto& raw = result->postings[0];
  CHECK(result->kind == page_kind::detail);
  CHECK(raw.source_id == "9000000001");
  CHECK(raw.title == "Program Lead & Coach");
  CHECK(raw.description_html
        == "<div><p>Lead <strong>programs</strong>.</p>"
           "<div>Inner</div></div>");
  CHECK(raw.employment_type == "Full-time");
  CHECK(raw.posted == "2026-11-23");
  CHECK(raw.application_url == "https://jobs.blue-heron.example/42");
  CHECK(extra_of(raw)["seniority"] == "Mid-Senior level");
  CHECK(extra_of(raw)["note"] == "Be an early applicant");
}

TEST_CASE("similar jobs on a job page are not its posting") {
  auto page = parsed(linkedin, "linkedin/job.html");
  REQUIRE(page.postings.size() == 1);
  CHECK(page.postings[0].source_id == "9000000001");
}

TEST_CASE("nothing is the end only after a page that had cards") {
  auto end =
      linkedin.parse("<!DOCTYPE html>\n<!---->\n", context_for(search + "40"));
  REQUIRE(end);
  CHECK(end->verdict == answer::empty);
  CHECK_FALSE(linkedin.parse("<!DOCTYPE html>", context_for(search + "0")));
  auto wall =
      linkedin.parse(page("walls/sign_in.html"), context_for(search + "40"));
  REQUIRE_FALSE(wall);
  CHECK(wall.error().code == errc::bot_detected);
}

TEST_CASE("a job that takes no applications is gone") {
  auto html = page("linkedin/job.html")
              + R"(<figure class="closed-job">No longer accepting</figure>)";
  auto job = linkedin.parse(html, context_for());
  REQUIRE_FALSE(job);
  CHECK(job.error().code == errc::not_found);
}
