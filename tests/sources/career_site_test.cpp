#include "actors/watch/audit.hpp"
#include "nodes/farm.hpp"
#include "nodes/http_server.hpp"
#include "tests/sources/gzip.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <mutex>
#include <set>

// A company's own career site, from its robots.txt to its job pages, by a whole
// farm.

using namespace jobfarm;
using namespace std::chrono_literals;

namespace {

constexpr auto* page_tail = "</body></html>";

/// Pages by path, and what was asked for.
class site {
public:
  site() {
    server_ = *nodes::http_server::start(
        {}, [this](const nodes::server_request& request) {
          return answer(request.target);
        });
    url = "http://127.0.0.1:" + std::to_string(server_->port());
  }

  void put(const std::string& path, std::string body,
           const std::string& type = "text/html") {
    std::lock_guard lock(mutex_);
    auto& page = pages_[path];
    page.headers = {{"Content-Type", type}};
    page.body = std::move(body);
  }
  void put_job(int number) {
    auto id = std::to_string(number);
    put("/jobs/" + id,
        "<html><head><title>Program Manager " + id
            + "</title><script type=\"application/ld+json\">{\"@context\":"
              "\"https://schema.org\",\"@type\":\"JobPosting\",\"title\":"
              "\"Program Manager "
            + id + "\",\"description\":\"Plan part " + id
            + " of what we do, and see to it.\",\"datePosted\":\"2026-11-01\","
              "\"hiringOrganization\":{\"name\":\"Acme\"},\"identifier\":\"job-"
            + id + "\"}</script></head><body>" + page_tail);
  }
  void put_list(const std::string& path, const std::string& root,
                const std::vector<std::string>& paths, bool is_packed = false,
                const std::string& modified_at = {}) {
    std::string xml = "<" + root + ">";
    for (const auto& one : paths)
      xml += "<x><loc>" + url + one + "</loc>"
             + (modified_at.empty() ? ""
                                    : "<lastmod>" + modified_at + "</lastmod>")
             + "</x>";
    xml += "</" + root + ">";
    put(path, is_packed ? test::gzip(xml) : xml,
        is_packed ? "application/gzip" : "application/xml");
  }

  int times_asked(const std::string& path) {
    std::lock_guard lock(mutex_);
    return asked_[path];
  }

  std::string url;

private:
  nodes::server_response answer(const std::string& path) {
    std::lock_guard lock(mutex_);
    ++asked_[path];
    auto found = pages_.find(path);
    if (found != pages_.end())
      return found->second;
    nodes::server_response missing;
    missing.status = 404;
    return missing;
  }

  std::mutex mutex_;
  std::map<std::string, nodes::server_response> pages_;
  std::map<std::string, int> asked_;
  std::unique_ptr<nodes::http_server> server_;
};

struct crawl {
  collection_result result;
  query_audit audit;
  std::set<std::string> titles;
};

/// The crawl `query_id` by a farm of its own, over the store in `dir`.
crawl collect(const std::string& board, const test::temporary_directory& dir,
              const std::string& query_id) {
  nodes::farm_options options;
  options.store_dir = (dir.path() / "store").string();
  options.gazetteer_file = JOBFARM_GAZETTEER;
  options.allowed_hosts = {"127.0.0.1"};
  options.recovery.first_delay = 10ms;
  options.sources["jsonld"].requests_per_second = 0;
  options.sources["jsonld"].concurrent_requests = 4;
  options.sources["jsonld"].uses_browser = false;
  auto farm = *nodes::farm::start(options);
  job_query query;
  query.query_id = query_id;
  query.sources = {"jsonld"};
  query.boards = {{"jsonld", board, "Acme"}};
  REQUIRE(farm->submit(query));
  crawl made;
  for (bool is_over = false; !is_over;) {
    auto ended = farm->wait(query_id, 5ms);
    REQUIRE(ended);
    if (*ended)
      made.result = **ended;
    is_over = ended->has_value();
  }
  made.audit = *watch::audit_query(farm->disk(), query_id);
  REQUIRE(farm->disk().scan_postings(query_id, [&](const job_posting& one) {
    made.titles.insert(one.title);
    return true;
  }));
  return made;
}

crawl collect(const std::string& board) {
  test::temporary_directory dir;
  return collect(board, dir, "q1");
}

/// A site as many are: a front page for people, a robots.txt, an index, packed
/// sitemaps, pages that are no jobs, one that may not be had.
struct acme : site {
  acme() {
    put("/robots.txt",
        "User-agent: *\nDisallow: /jobs/4\n\nSitemap: " + url
            + "/sitemap_index.xml\n",
        "text/plain");
    put("/careers", "<html><body><h1>Work with us</h1>" + std::string(900, 'x')
                        + page_tail);
    put_list("/sitemap_index.xml", "sitemapindex",
             {"/sitemap-pages.xml", "/sitemap-jobs-1.xml.gz",
              "/sitemap-jobs-2.xml.gz"});
    put_list("/sitemap-pages.xml", "urlset", {"/about", "/jobs/9"});
    put_list("/sitemap-jobs-1.xml.gz", "urlset",
             {"/jobs/1", "/jobs/2", "/jobs/3", "/jobs/benefits"}, true);
    put_list("/sitemap-jobs-2.xml.gz", "urlset", {"/jobs/3", "/jobs/4"}, true);
    for (int number : {1, 2, 3, 4, 9})
      put_job(number);
    put("/jobs/benefits",
        "<html><body><h1>Benefits</h1>" + std::string(900, 'x') + page_tail);
  }
};

} // namespace

TEST_CASE("a career site is collected from robots.txt over packed sitemaps to "
          "its job pages") {
  acme site;
  auto made = collect(site.url + "/careers");
  CHECK(made.titles
        == std::set<std::string>{"Program Manager 1", "Program Manager 2",
                                 "Program Manager 3"});
  // What robots.txt keeps for itself was not asked for, and is told.
  CHECK(site.times_asked("/jobs/4") == 0);
  CHECK(made.result.partial);
  REQUIRE(made.result.errors.size() == 1);
  CHECK(made.result.errors[0].code == errc::robots_denied);
  // The sitemap of other pages was passed over for those about jobs.
  CHECK(site.times_asked("/sitemap-pages.xml") == 0);
  CHECK(site.times_asked("/jobs/3") == 1);
  CHECK(site.times_asked("/robots.txt") == 1);
}

TEST_CASE("a site whose robots.txt names no sitemap has no posting: that is "
          "no empty board") {
  acme site;
  site.put("/robots.txt", "User-agent: *\nDisallow:\n", "text/plain");
  auto made = collect(site.url + "/careers");
  CHECK(made.titles.empty());
  REQUIRE(made.result.errors.size() == 1);
  CHECK(made.result.errors[0].code == errc::schema_changed);
}

TEST_CASE("job pages that only scripts fill are told, not left out") {
  acme site;
  site.put("/jobs/2", "<html><body><div id=app></div><script src=/a.js>"
                      "</script></body></html>");
  auto made = collect(site.url + "/careers");
  CHECK(made.titles.size() == 2);
  CHECK(made.result.partial);
}

TEST_CASE("a sitemap that is a bomb ends with too_large, the others count") {
  acme site;
  site.put("/sitemap-jobs-2.xml.gz",
           test::gzip("<urlset>" + std::string(60u << 20, ' ') + "</urlset>"),
           "application/gzip");
  auto made = collect(site.url + "/careers");
  CHECK(made.titles.size() == 3);
  REQUIRE_FALSE(made.result.errors.empty());
  CHECK(made.result.errors[0].code == errc::too_large);
}

TEST_CASE("job pages that have not changed by their sitemap are not asked for "
          "again") {
  acme site;
  auto put_sitemap = [&](const std::string& path,
                         const std::vector<std::string>& pages,
                         const std::string& date) {
    site.put_list(path, "urlset", pages, true, date);
  };
  put_sitemap("/sitemap-jobs-1.xml.gz", {"/jobs/1", "/jobs/benefits"},
              "2026-11-01");
  put_sitemap("/sitemap-jobs-2.xml.gz", {"/jobs/2", "/jobs/3"}, "2026-11-02");
  test::temporary_directory dir;
  auto first = collect(site.url + "/careers", dir, "q1");
  CHECK_FALSE(first.result.partial);
  CHECK(first.result.raw_jobs == 4);
  put_sitemap("/sitemap-jobs-2.xml.gz", {"/jobs/2", "/jobs/3"}, "2026-11-03");
  auto second = collect(site.url + "/careers", dir, "q2");
  CHECK_FALSE(second.result.partial);
  CHECK(site.times_asked("/jobs/1") == 1);
  CHECK(site.times_asked("/jobs/benefits") == 1);
  CHECK(site.times_asked("/jobs/2") == 2);
  CHECK(second.titles == first.titles);
  // What was not asked for is part of the result, and of the balance.
  CHECK(second.result.raw_jobs == 3);
  CHECK(second.audit.adds_up);
}
