#include "tests/sources/page_fixture.hpp"

#include "actors/sources/jsonld_pay.hpp"
#include "actors/sources/jsonld_posting.hpp"

using namespace jobfarm;
using namespace jobfarm::test;
using nlohmann::json;
using sources::jsonld;

namespace {

/// A page with one posting that has `members` besides its title.
expected<sources::parsed_page> parse_with(const std::string& members) {
  auto html = R"(<script type="application/ld+json">{"@type":"JobPosting",)"
              R"("title":"T",)"
              + members + "}</script>";
  return jsonld.parse(html, context_for("https://site.example/jobs/7"));
}

raw_posting posting_with(const std::string& members) {
  auto page = parse_with(members);
  INFO(members);
  REQUIRE(page);
  REQUIRE(page->postings.size() == 1);
  return page->postings[0];
}

} // namespace

TEST_CASE("a posting nested in a graph is found with its references") {
  auto page = parsed(jsonld, "jsonld/graph.html");
  REQUIRE(page.postings.size() == 1);
  const auto& raw = page.postings[0];
  CHECK(page.kind == page_kind::detail);
  CHECK(raw.title == "Head of Programs & Delivery");
  CHECK(raw.company == "Northwind Robotics");
  CHECK(raw.source_id == "4711");
  CHECK(raw.url
        == "https://careers.northwind.example/jobs/head-of-programs-4711");
  CHECK(raw.locations
        == std::vector<std::string>{"Utrecht, Netherlands", "Ghent, Belgium"});
  CHECK(raw.remote == true);
  CHECK(raw.employment_type == "FULL_TIME, CONTRACTOR");
  CHECK(raw.salary_min == 85000);
  CHECK(raw.salary_max == 110000);
  CHECK(raw.salary_currency == "EUR");
  CHECK(raw.salary_period == "YEAR");
  CHECK(raw.posted == "2026-10-02");
  CHECK(raw.description_html
        == "<p>Run the programs of a &lt;small&gt; fleet.</p>"
           "<ul><li>Plan</li></ul>");
  auto extra = extra_of(raw);
  CHECK(extra["skills"] == json{"planning", "budgets", "hiring"});
  CHECK(extra["experience_months"] == 72);
  CHECK(extra["remote_scope"] == json{"Netherlands", "Belgium"});
  CHECK(extra["valid_through"] == "2026-12-31T23:59:00+01:00");
  CHECK(extra["addresses"][0]
        == json{{"city", "Utrecht"},
                {"country", "Netherlands"},
                {"postal_code", "3511"}});
}

TEST_CASE("one bad block does not spoil the others") {
  auto page = parsed(jsonld, "jsonld/broken.html");
  REQUIRE(page.postings.size() == 1);
  const auto& raw = page.postings[0];
  CHECK(raw.title == "Night Porter");
  CHECK(raw.company == "Hotel Meridian");
  CHECK(raw.location == "Porto, PT");
  CHECK(raw.posted == "2026-11-01");
  CHECK(raw.employment_type == "PART_TIME");
  CHECK_FALSE(raw.salary_min);
  CHECK(raw.description_html
        == "Work \"nights\" at the desk.\n\tSecond line with a tab.");
}

TEST_CASE("a list page gives every posting, with ids of their own") {
  auto page = parsed(jsonld, "jsonld/list.html");
  CHECK(page.kind == page_kind::list);
  REQUIRE(page.postings.size() == 2);
  CHECK(page.postings[0].url == "https://fjord.example/jobs/welder");
  CHECK(page.postings[0].source_id == "https://fjord.example/jobs/welder");
  CHECK(page.postings[1].title == "Crane Driver");
  CHECK(page.rejections.size() == 1);
}

TEST_CASE("related jobs on a job page are not that page's posting") {
  auto page = parsed(jsonld, "jsonld/related.html");
  REQUIRE(page.postings.size() == 1);
  CHECK(page.postings[0].title == "Backend Developer (m/f/d)");
  REQUIRE(page.rejections.size() == 1);
  CHECK(page.rejections[0].reason == "another job shown on this page");
}

TEST_CASE("a page without a posting says so and is never empty") {
  auto none = jsonld.parse("<html><p>Our story</p></html>", context_for());
  REQUIRE_FALSE(none);
  CHECK(none.error().code == errc::schema_changed);
  CHECK(none.error().detail.find("no JobPosting found") != std::string::npos);
  auto nothing = jsonld.parse("", context_for());
  REQUIRE_FALSE(nothing);
  CHECK(nothing.error().code == errc::bad_payload);
  auto cut = jsonld.parse(
      R"(<script type="application/ld+json">{"@type":"JobPosting","title":"A)",
      context_for());
  REQUIRE_FALSE(cut);
  CHECK(cut.error().code == errc::bad_payload);
}

TEST_CASE("pay is read from every shape that pages use") {
  auto pay = posting_with(R"("baseSalary":60000,"salaryCurrency":"CHF")");
  CHECK(pay.salary_min == 60000);
  CHECK(pay.salary_max == 60000);
  CHECK(pay.salary_currency == "CHF");
  pay = posting_with(R"("baseSalary":{"currency":"USD","value":"$100,000"})");
  CHECK(pay.salary_min == 100000);
  pay = posting_with(
      R"("baseSalary":{"minValue":"13,500,000","maxValue":0,"currency":"JPY"})");
  CHECK(pay.salary_min == 13500000);
  CHECK_FALSE(pay.salary_max);
  pay = posting_with(R"("baseSalary":"30k to 40k a year")");
  CHECK(pay.salary == "30k to 40k a year");
  CHECK_FALSE(pay.salary_min);
  pay =
      posting_with(R"("baseSalary":{"value":{"value":25.5,"unitText":"HUR"}})");
  CHECK(pay.salary_min == 25.5);
  CHECK(pay.salary_period == "HOUR");
  pay = posting_with(
      R"("baseSalary":[{"currency":"USD","value":{"minValue":1e5}},)"
      R"({"currency":"EUR","value":{"minValue":9e4}}])");
  CHECK(extra_of(pay)["salary_ranges"].size() == 2);
  pay = posting_with(R"("baseSalary":0)");
  CHECK_FALSE(pay.salary_min);
}

TEST_CASE("an estimate is never taken for an offer") {
  auto raw = posting_with(
      R"("estimatedSalary":{"currency":"USD","minValue":1000,"maxValue":2000})");
  CHECK_FALSE(raw.salary_min);
  CHECK(extra_of(raw)["salary_predicted"][0]["max"] == 2000);
}

TEST_CASE("amounts are read with the separators of all countries") {
  using sources::read_amount;
  CHECK(read_amount("1.234.567,89")->value == Approx(1234567.89));
  CHECK(read_amount("1,234,567.89")->value == Approx(1234567.89));
  CHECK(read_amount("100.000")->value == 100000);
  CHECK(read_amount("12,5")->value == 12.5);
  CHECK(read_amount("45 000 €")->value == 45000);
  CHECK(read_amount("45 000 €")->currency == "€");
  CHECK(read_amount("50k")->value == 50000);
  CHECK_FALSE(read_amount("40000-50000"));
  CHECK_FALSE(read_amount("from 40000"));
  CHECK_FALSE(read_amount(""));
}

TEST_CASE("places are read from texts, addresses and arrays of both") {
  CHECK(posting_with(R"("jobLocation":"Lima")").location == "Lima");
  CHECK(posting_with(R"("jobLocation":{"name":"Plant 2"})").location
        == "Plant 2");
  CHECK(posting_with(R"("jobLocation":{"addressLocality":"Bari",)"
                     R"("addressCountry":"IT"})")
            .location
        == "Bari, IT");
  CHECK(posting_with(R"("jobLocation":{"address":{"addressLocality":"-",)"
                     R"("addressCountry":"UNAVAILABLE"}})")
            .location
        == "");
  CHECK(posting_with(R"("jobLocation":{"address":"杭州/香港"})").location
        == "杭州/香港");
}

TEST_CASE("telecommuting is remote, hybrid is not") {
  CHECK(posting_with(R"("jobLocationType":"Remote")").remote == true);
  auto hybrid = posting_with(R"("jobLocationType":"Hybrid remote")");
  CHECK_FALSE(hybrid.remote);
  CHECK(extra_of(hybrid)["workplace_type"] == "hybrid");
  CHECK_FALSE(posting_with(R"("jobLocationType":"")").remote);
}

TEST_CASE("the company is a text, an object or the first of an array") {
  CHECK(posting_with(R"("hiringOrganization":"Acme &amp; Sons")").company
        == "Acme & Sons");
  CHECK(
      posting_with(R"("hiringOrganization":[{"legalName":"Acme Ltd"}])").company
      == "Acme Ltd");
  CHECK(posting_with(R"("hiringOrganization":{"name":["Acme","Acme Inc"]})")
            .company
        == "Acme");
  CHECK(posting_with(R"("hiringOrganization":{"logo":"x.png"})").company == "");
}

TEST_CASE("template text is no title") {
  auto page = jsonld.parse(R"(<script type="application/ld+json">)"
                           R"({"@type":"JobPosting","title":"{{title}}"})"
                           "</script>",
                           context_for());
  REQUIRE_FALSE(page);
  CHECK(page.error().code == errc::bad_payload);
}

TEST_CASE("markup written as entities becomes markup, written code stays") {
  using sources::restore_markup;
  CHECK(restore_markup("&lt;p&gt;a &amp;amp; b&lt;/p&gt;")
        == "<p>a &amp; b</p>");
  CHECK(restore_markup("&amp;lt;p&amp;gt;a&amp;lt;/p&amp;gt;") == "<p>a</p>");
  CHECK(restore_markup("<p>use &lt;b&gt;</p>") == "<p>use &lt;b&gt;</p>");
  CHECK(restore_markup("a &lt; b") == "a &lt; b");
  CHECK(restore_markup("one\\ntwo") == "one\ntwo");
}

TEST_CASE("the address of the page wins over one that is relative or wrong") {
  auto url = [](const std::string& stated) {
    auto html = R"(<link rel="canonical" href="/jobs/7?utm_medium=x">)"
                R"(<h1>T</h1><script type="application/ld+json">)"
                R"({"@type":"JobPosting","title":"T","url":")"
                + stated + R"("}</script>)";
    auto page = jsonld.parse(html, context_for("https://site.example/jobs/7"));
    REQUIRE(page);
    return page->postings[0].url;
  };
  CHECK(url("") == "https://site.example/jobs/7");
  CHECK(url("/jobs/7") == "https://site.example/jobs/7");
  CHECK(url("https://site.example/jobs/8") == "https://site.example/jobs/7");
  CHECK(url("https://site.example/jobs/7/apply")
        == "https://site.example/jobs/7/apply");
}

TEST_CASE("a plan for a page is the page itself") {
  sources::plan_context context;
  context.board.token = "https://site.example/jobs/7";
  auto requests = jsonld.plan(context);
  REQUIRE(requests);
  REQUIRE(requests->size() == 1);
  CHECK(requests->front().kind == page_kind::detail);
  CHECK(requests->front().request.url == context.board.token);
  context.board.token = "acme";
  CHECK(jsonld.plan(context).error().code == errc::invalid_input);
}
