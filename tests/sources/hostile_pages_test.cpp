#include "actors/sources/sitemap.hpp"
#include "actors/sources/wall.hpp"
#include "messages/json.hpp"
#include "tests/sources/page_fixture.hpp"

#include <chrono>
#include <ctime>
#include <functional>

using namespace jobfarm;
using namespace jobfarm::test;

namespace {

std::string times(std::size_t count, const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i)
    all += text;
  return all;
}

std::string numbered(std::size_t count, const std::string& before,
                     const std::string& behind) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i)
    all += before + std::to_string(i) + behind;
  return all;
}

std::string linked(const std::string& json) {
  return "<script type='application/ld+json'>" + json + "</script>";
}

std::string posting_with(const std::string& members) {
  return linked(R"({"@type":"JobPosting","title":"T",)" + members + '}');
}

/// A page of so many repetitions, and who reads it.
struct hostile_page {
  const char* name;
  std::function<std::string(std::size_t)> make;
  std::function<void(const std::string&)> read;
};

std::function<void(const std::string&)> parser(const sources::source& of) {
  return [&of](const std::string& page) {
    static_cast<void>(of.parse(page, context_for("https://site.example/a")));
  };
}

void read_sitemap(const std::string& page) {
  static_cast<void>(sources::read_sitemap(page, false, 50'000));
}

/// Of this process alone: others may be busy too.
double seconds_of(const hostile_page& page, const std::string& bytes) {
  auto begin = std::clock();
  page.read(bytes);
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

} // namespace

TEST_CASE("parts of JSON-LD are not multiplied by each other") {
  constexpr std::size_t count = 1200;
  const auto words = times(count, "word ");
  const auto items = times(count, "\"a\",") + "\"b\"";
  const std::string pages[] = {
      posting_with(R"("jobLocation":{"address":{"addressRegion":")" + words
                   + R"(","addressLocality":[)" + items + "]}}"),
      posting_with(R"("salaryCurrency":")" + words + R"(","baseSalary":[)"
                   + times(count, "1,") + "1]"),
      linked(R"([{"@id":"o","address":{"addressLocality":[)" + items
             + R"(]}},{"@type":"JobPosting","title":"T","jobLocation":[)"
             + times(count, R"({"@id":"o"},)") + "0]}]"),
      "<meta property=og:url content='https://site.example/"
          + times(2 * count, "aaaaaa") + "'>"
          + linked(
              '['
              + numbered(count, R"({"@type":"JobPosting","title":"t)", "\"},")
              + "0]")};
  for (const auto& page : pages) {
    auto read =
        sources::jsonld.parse(page, context_for("https://site.example/a"));
    REQUIRE(read);
    std::size_t bytes = 0;
    for (const auto& raw : read->postings)
      bytes += to_json(raw).size();
    INFO(page.substr(0, 60));
    CHECK(bytes < 20 * page.size());
  }
}

TEST_CASE("references of JSON-LD repeat no more than a large page holds") {
  constexpr std::size_t text_bytes = 1u << 20;
  constexpr std::size_t count = 40;
  auto page =
      linked(R"([{"@id":"o","name":")" + std::string(text_bytes, 'w') + R"("},)"
             + numbered(count, R"({"@type":"JobPosting","title":"t)",
                        R"(","description":{"@id":"o"}},)")
             + "0]");
  auto read =
      sources::jsonld.parse(page, context_for("https://site.example/a"));
  REQUIRE(read);
  std::size_t bytes = 0;
  for (const auto& raw : read->postings)
    bytes += raw.description_html.size();
  CHECK(read->postings.size() == count);
  CHECK(bytes > 10 * text_bytes);
  CHECK(bytes <= 16 * text_bytes);
  CHECK(read->verdict == answer::partial);
}

// Looks at the clock: a page sixteen times as long may take sixty times as
// long, as a quadratic reader's would not.
TEST_CASE("no page makes a parser's time grow faster than its size") {
  constexpr std::size_t small = 500;
  constexpr std::size_t growth = 16;
  constexpr double most_growth = 60;
  // Below that a clock tells nothing.
  constexpr double least_seconds = 0.1;
  const hostile_page pages[] = {
      {"marks without a name",
       [](auto n) {
         return posting_with(R"("description":")" + times(4 * n, "<!--<")
                             + '"');
       },
       parser(sources::jsonld)},
      {"a long title beside many postings",
       [](auto n) {
         return "<meta property=og:title content='" + numbered(n, "", " ")
                + "'>"
                + linked('['
                         + numbered(n / 4,
                                    R"({"@type":"JobPosting","title":"t)",
                                    "\"},")
                         + "0]");
       },
       parser(sources::jsonld)},
      {"a large job beside many cards",
       [](auto n) {
         return R"(<script id=js_variables>{"getJobDetailsResponse":)"
                R"({"jobDetails":{)"
                + times(n, "\"a\":1,")
                + R"("listingKey":"o"}},"hydrateJobCardsResponse":)"
                  R"({"jobCards":[)"
                + times(n, "{},") + "{}]}}</script>";
       },
       parser(sources::ziprecruiter)},
      {"many keys of many cards",
       [](auto n) {
         return R"(<script>self.__next_f.push([1,"\"serializedJobCardsData\":)"
                R"({\"jobKeys\":[)"
                + numbered(n, R"(\")", R"(\",)") + R"(0],\"jobKeysMap\":{)"
                + numbered(n, R"(\")", R"(\":{},)")
                + R"(\"z\":0}}"])</script>)";
       },
       parser(sources::ziprecruiter)},
      {"CDATA without an end",
       [](auto n) {
         return "<urlset>" + times(8 * n, "<loc><![CDATA[http://a/");
       },
       read_sitemap},
      {"dates in CDATA without an end",
       [](auto n) {
         return "<urlset><loc>http://a/</loc>"
                + times(8 * n, "<lastmod><![CDATA[");
       },
       read_sitemap},
      {"descriptions within each other",
       [](auto n) {
         return "<h1 class=topcard__title>T</h1>"
                + times(n, "<div class='show-more-less-html__markup'>x");
       },
       parser(sources::linkedin)},
  };
  for (const auto& page : pages) {
    auto before = seconds_of(page, page.make(small));
    auto after = seconds_of(page, page.make(small * growth));
    INFO(page.name << ", " << before << " s, then " << after << " s");
    CHECK((after < least_seconds || after < before * most_growth));
  }
}

TEST_CASE("a page of empty titles is judged by the first of them") {
  // Each would be read for some kilobytes.
  auto begin = std::chrono::steady_clock::now();
  static_cast<void>(sources::judge_body(times(60'000, "<title>")));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{3});
  CHECK(sources::judge_body("<svg><title></title></svg>"
                            "<title>Just a moment...</title>"));
}

TEST_CASE("addresses in CDATA are read with what follows them") {
  auto found = sources::read_sitemap(
      "<urlset><url><loc> <![CDATA[https://a.example/jobs?a=1&b=<2>]]></loc>"
      "<lastmod><![CDATA[2026-11-01]]></lastmod></url>"
      "<url><loc>https://a.example/jobs/2</loc></url></urlset>",
      false, 10);
  REQUIRE(found);
  REQUIRE(found->entries.size() == 2);
  CHECK(found->entries[0].address == "https://a.example/jobs?a=1&b=<2>");
  CHECK(found->entries[0].modified_at == "2026-11-01");
  CHECK(found->entries[1].address == "https://a.example/jobs/2");
  CHECK_FALSE(found->is_cut);
}
