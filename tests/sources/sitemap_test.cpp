#include "actors/sources/gunzip.hpp"
#include "actors/sources/page_sources.hpp"
#include "actors/sources/sitemap.hpp"
#include "tests/sources/gzip.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::sources;

namespace {

std::vector<std::string> read(const std::string& bytes, bool is_text = false) {
  auto found = read_sitemap(bytes, is_text, 1000);
  REQUIRE(found);
  std::vector<std::string> all;
  for (const auto& one : found->entries)
    all.push_back(one.address);
  return all;
}

/// The board's page as it was asked for.
struct asked_page {
  asked_page(std::string board, std::string url, page_kind kind,
             std::int32_t level) {
    request.kind = kind;
    request.request.url = url;
    request.page = level;
    context.board = std::move(board);
    context.url = std::move(url);
    context.asked = &request;
  }
  page_request request;
  parse_context context;
};

std::string list_of(const std::vector<std::string>& urls,
                    const std::string& root = "urlset") {
  std::string xml = "<?xml version=\"1.0\"?><" + root + ">";
  for (const auto& url : urls)
    xml += "<url><loc>" + url + "</loc></url>";
  return xml + "</" + root + ">";
}

std::vector<std::string> urls_of(const parsed_page& page) {
  std::vector<std::string> all;
  for (const auto& one : page.next)
    all.push_back(one.request.url);
  return all;
}

using urls = std::vector<std::string>;

} // namespace

TEST_CASE("sitemaps are read in every form that sites write them in") {
  CHECK(read("<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- by hand -->"
             "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"
             "<url><loc>\n https://a.example/job/1?a=1&amp;b=2 \n</loc>"
             "<image:image><image:loc>https://a.example/p.png</image:loc>"
             "</image:image></url>"
             "<url><loc><![CDATA[https://a.example/job/2?a&b]]></loc></url>"
             "<url><loc>ftp://a.example/job/3</loc></url><url><loc/></url>"
             "</urlset>")
        == urls{"https://a.example/job/1?a=1&b=2",
                "https://a.example/job/2?a&b"});
  CHECK(read("<sm:urlset><sm:url><sm:loc>https://a.example/x</sm:loc></sm:url>"
             "</sm:urlset>")
        == urls{"https://a.example/x"});
  CHECK(read("\xEF\xBB\xBFhttps://a.example/1\r\n\nhttps://a.example/2", true)
        == urls{"https://a.example/1", "https://a.example/2"});
  auto index = read_sitemap(
      list_of({"https://a.example/s1.xml"}, "sitemapindex"), false, 10);
  REQUIRE(index);
  CHECK(index->is_index);
  CHECK_FALSE(index->is_cut);
}

TEST_CASE("what is cut off or more than wanted is told") {
  auto text = list_of({"https://a.example/1", "https://a.example/2"});
  auto few = read_sitemap(text, false, 1);
  REQUIRE(few);
  CHECK(few->is_cut);
  CHECK(few->entries.size() == 1);
  auto half = read_sitemap(text.substr(0, text.size() - 12), false, 10);
  REQUIRE(half);
  CHECK(half->is_cut);
  for (const auto* other : {"", "<html><body>Not found</body></html>", "{}",
                            "<rss><channel></channel></rss>"}) {
    auto none = read_sitemap(other, false, 10);
    REQUIRE_FALSE(none);
    CHECK(none.error().code == errc::schema_changed);
  }
}

TEST_CASE("compressed sitemaps are read within their bound") {
  auto text = list_of({"https://a.example/job/1"});
  auto packed = test::gzip(text);
  CHECK(*gunzip(packed, 1 << 20) == text);
  // Members in a row, and padding behind them (RFC 1952 2.2).
  CHECK(*gunzip(packed + packed + std::string(8, '\0'), 1 << 20)
        == text + text);
  CHECK(read(packed) == urls{"https://a.example/job/1"});
  for (auto size : {std::size_t{2}, std::size_t{9}, packed.size() - 9}) {
    auto cut = gunzip(packed.substr(0, size), 1 << 20);
    REQUIRE_FALSE(cut);
    CHECK(cut.error().code == errc::bad_payload);
  }
  auto damaged = packed;
  damaged[damaged.size() / 2] ^= 0x55;
  CHECK_FALSE(gunzip(damaged, 1 << 20));
  auto bomb = gunzip(test::gzip(std::string(8 << 20, 'a')), 1 << 20);
  REQUIRE_FALSE(bomb);
  CHECK(bomb.error().code == errc::too_large);
}

TEST_CASE("addresses of jobs are told by their words") {
  for (const auto* url :
       {"https://a.example/jobs/1", "https://a.example/de/karriere/pm-berlin",
        "https://a.example/job-12", "https://jobs.a.example/pm/1",
        "https://a.example/careers?gh_jid=4", "https://a.example/stellen/x",
        "https://a.example/about/openings/pm", "https://a.example/JOB/1"})
    CHECK(is_job_address(url));
  for (const auto* url :
       {"https://a.example/", "https://a.example/careers",
        "https://a.example/careers/", "https://a.example/blog/my-job-story",
        "https://jobs.a.example/", "https://a.example/jobsworth/1"})
    CHECK_FALSE(is_job_address(url));
  CHECK(is_job_sitemap("https://a.example/sitemap-jobs-1.xml.gz"));
  CHECK(is_job_sitemap("https://a.example/careers/sitemap.xml"));
  CHECK_FALSE(is_job_sitemap("https://jobs.a.example/sitemap_12.xml"));
}

TEST_CASE("a career page without a posting leads to the sitemaps that "
          "robots.txt names, if it names any") {
  asked_page front("https://a.example/careers", "https://a.example/careers",
                   page_kind::detail, 0);
  const std::string page =
      "<html><body><h1>Careers</h1>" + std::string(600, 'x') + "</body></html>";
  auto none = jsonld.parse(page, front.context);
  REQUIRE_FALSE(none);
  CHECK(none.error().code == errc::schema_changed);
  front.context.sitemaps = {"https://a.example/pages.xml", "/jobs.xml"};
  auto some = jsonld.parse(page, front.context);
  REQUIRE(some);
  CHECK(some->postings.empty());
  REQUIRE(some->next.size() == 1);
  CHECK(some->next[0].request.url == "https://a.example/jobs.xml");
  CHECK(some->next[0].kind == page_kind::list);
  CHECK(some->next[0].page == 1);
  // A wall leads nowhere.
  auto wall = jsonld.parse("<html><head><title>Just a moment...</title></head>"
                           "<body>Verify you are human</body></html>",
                           front.context);
  REQUIRE_FALSE(wall);
  CHECK(wall.error().code == errc::bot_detected);
}

TEST_CASE("of a sitemap the pages of the site's jobs are asked for, once") {
  asked_page list("https://www.a.example/work-here",
                  "https://a.example/sitemap.xml", page_kind::list, 1);
  auto page = jsonld.parse(
      list_of({"https://a.example/", "https://a.example/blog/1",
               "https://a.example/jobs/1", "https://a.example/jobs/1",
               "https://www.a.example/work-here/pm",
               "https://eu.a.example/jobs/2", "https://evil.example/jobs/1",
               "http://127.0.0.1/jobs/1"}),
      list.context);
  REQUIRE(page);
  CHECK(urls_of(*page)
        == urls{"https://a.example/jobs/1",
                "https://www.a.example/work-here/pm",
                "https://eu.a.example/jobs/2"});
  for (const auto& one : page->next) {
    CHECK(one.kind == page_kind::detail);
    CHECK(one.page == 1);
  }
}

TEST_CASE("discovery is bounded, and what is left out makes it partial") {
  asked_page index("https://a.example/", "https://a.example/index.xml",
                   page_kind::list, 1);
  urls many;
  for (int i = 0; i < 30; ++i)
    many.push_back("https://a.example/s" + std::to_string(i) + ".xml");
  auto page = jsonld.parse(list_of(many, "sitemapindex"), index.context);
  REQUIRE(page);
  CHECK(page->next.size() == 20);
  CHECK(page->next[0].page == 2);
  CHECK(page->verdict == answer::partial);
  index.request.page = 3;
  page = jsonld.parse(list_of({many[0]}, "sitemapindex"), index.context);
  REQUIRE(page);
  CHECK(page->next.empty());
  CHECK(page->verdict == answer::partial);
  many.clear();
  for (int i = 0; i < 5001; ++i)
    many.push_back("https://a.example/jobs/" + std::to_string(i));
  page = jsonld.parse(list_of(many), index.context);
  REQUIRE(page);
  CHECK(page->next.size() == 5000);
  CHECK(page->verdict == answer::partial);
}

TEST_CASE("a page of a sitemap without a posting is left out with the reason, "
          "an empty shell is no such page") {
  asked_page found("https://a.example/", "https://a.example/jobs/benefits",
                   page_kind::detail, 1);
  auto page = jsonld.parse("<html><body><h1>Benefits</h1>"
                               + std::string(600, 'x') + "</body></html>",
                           found.context);
  REQUIRE(page);
  CHECK(page->verdict == answer::empty);
  REQUIRE(page->rejections.size() == 1);
  CHECK(page->rejections[0].url == "https://a.example/jobs/benefits");
  auto shell = jsonld.parse("<html><body><div id=root></div>"
                            "<script src=/app.js></script></body></html>",
                            found.context);
  REQUIRE_FALSE(shell);
  CHECK(shell.error().code == errc::schema_changed);
}

TEST_CASE("a board may be a sitemap itself: all that it lists is meant") {
  plan_context what;
  what.board = {"jsonld", "https://a.example/vacancies.xml.gz", ""};
  auto first = jsonld.plan(what);
  REQUIRE(first);
  CHECK(first->front().kind == page_kind::list);
  asked_page list(what.board.token, what.board.token, page_kind::list, 1);
  auto page = jsonld.parse(test::gzip(list_of({"https://a.example/p/1"})),
                           list.context);
  REQUIRE(page);
  CHECK(urls_of(*page) == urls{"https://a.example/p/1"});
}

TEST_CASE("each page has the date that its own entry says") {
  auto found = read_sitemap(
      "<urlset><url><loc>https://a.example/1</loc><lastmod> 2026-11-01\n"
      "</lastmod></url><url><loc>https://a.example/2</loc></url>"
      "<url><loc>https://a.example/3</loc><lastmod>two words</lastmod></url>"
      "</urlset>",
      false, 10);
  REQUIRE(found);
  REQUIRE(found->entries.size() == 3);
  CHECK(found->entries[0].modified_at == "2026-11-01");
  CHECK(found->entries[1].modified_at.empty());
  CHECK(found->entries[2].modified_at.empty());
}
