
#include "actors/watch/audit.hpp"
#include "messages/json_writer.hpp"
#include "tests/nodes/board_site.hpp"
#include "tests/nodes/crawl.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <mutex>
#include <set>

// The life of postings from crawl to crawl: a whole farm against boards that
// lose and regain them.

using namespace jobfarm;
using namespace jobfarm::nodes;
using namespace std::chrono_literals;

namespace {

using test::answer_with;
using test::numbers;
using test::site;

struct world {
  site web;
  test::temporary_directory dir;
  int crawls = 0;

  farm_options options() const {
    farm_options made;
    made.store_dir = (dir.path() / "store").string();
    made.gazetteer_file = JOBFARM_GAZETTEER;
    made.allowed_hosts = {"127.0.0.1"};
    made.recovery.first_delay = 1ms;
    made.recovery.most_attempts = 1;
    for (const auto* source : {"greenhouse", "smartrecruiters", "jsonld"}) {
      auto& own = made.sources[source];
      own.enabled = true;
      own.requests_per_second = 0;
      own.obeys_robots = false;
      if (std::string_view{source} != "jsonld")
        own.base_url = web.url() + '/' + source;
    }
    return made;
  }

  /// A farm of its own reads the board once.
  collection_result crawl(const board& what) {
    job_query query;
    query.query_id = "q" + std::to_string(++crawls);
    query.boards = {what};
    query.sources = {what.source};
    return test::crawl(options(), query);
  }

  /// The postings of the first crawl's result that are closed.
  numbers closed() const {
    auto one = *farm::start(options());
    numbers all;
    REQUIRE(one->disk().scan_postings("q1", [&](const job_posting& posting) {
      if (!posting.closed_at.empty()) {
        CHECK(posting.closed_at >= posting.first_seen);
        all.insert(std::stoi(posting.url.substr(posting.url.rfind('/') + 1)));
      }
      return true;
    }));
    return all;
  }
};

numbers first(int count) {
  numbers all;
  for (auto number = 1; number <= count; ++number)
    all.insert(number);
  return all;
}

/// The posting with a number.
job_posting posting(const world& w, int number) {
  auto one = *farm::start(w.options());
  job_posting found;
  REQUIRE(one->disk().scan_postings("", [&](const job_posting& each) {
    if (each.source_id == std::to_string(number))
      found = each;
    return true;
  }));
  return found;
}

const board acme{"greenhouse", "acme", "Acme"};
const board acme_pages{"smartrecruiters", "acme", "Acme"};

} // namespace

TEST_CASE("what two complete readings do not show is closed, and open again "
          "once it is shown") {
  world w;
  w.web.shown = first(12);
  CHECK(w.crawl(acme).total_jobs == 12);
  w.web.change([](site& s) { s.shown = first(9); });
  CHECK_FALSE(w.crawl(acme).partial);
  CHECK(w.closed().empty());
  CHECK_FALSE(w.crawl(acme).partial);
  CHECK(w.closed() == numbers{10, 11, 12});
  w.web.change([](site& s) { s.shown.insert(11); });
  CHECK_FALSE(w.crawl(acme).partial);
  CHECK(w.closed() == numbers{10, 12});
}

TEST_CASE("a board that loses everything is doubted once, then believed") {
  world w;
  w.web.shown = first(12);
  w.crawl(acme);
  w.web.change([](site& s) { s.shown.clear(); });
  auto doubted = w.crawl(acme);
  CHECK(doubted.partial);
  REQUIRE(doubted.errors.size() == 1);
  CHECK(doubted.errors[0].message.find("suspicious") != std::string::npos);
  CHECK(w.closed().empty());
  auto believed = w.crawl(acme);
  CHECK_FALSE(believed.partial);
  CHECK(believed.errors.empty());
  CHECK(w.closed() == first(12));
  // Empty it stays, and that is no fall.
  CHECK_FALSE(w.crawl(acme).partial);
}

TEST_CASE("a small board that becomes empty is believed") {
  world w;
  w.web.shown = first(4);
  w.crawl(acme);
  w.web.change([](site& s) { s.shown.clear(); });
  CHECK_FALSE(w.crawl(acme).partial);
  CHECK(w.closed().empty());
  CHECK_FALSE(w.crawl(acme).partial);
  CHECK(w.closed() == first(4));
}

TEST_CASE("refusals, walls, faults and partial listings close nothing") {
  const auto wall = answer_with(
      200, "text/html",
      "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>");
  world w;
  w.web.shown = first(12);
  w.crawl(acme);
  for (auto status : {500, 503, 401, 403, 429, 404, 200}) {
    INFO("status " << status);
    w.web.change([&](site& s) {
      s.instead["/greenhouse"] =
          status == 200 ? wall : answer_with(status, "text/html", "no");
    });
    for (auto reading : {1, 2, 3}) {
      INFO("reading " << reading);
      CHECK(w.crawl(acme).total_jobs == 0);
    }
    CHECK(w.closed().empty());
  }
  w.web.change([](site& s) {
    s.instead.clear();
    s.shown = first(9);
    s.hidden = 3;
  });
  for (auto reading : {1, 2, 3}) {
    INFO("reading " << reading);
    CHECK(w.crawl(acme).partial);
  }
  CHECK(w.closed().empty());
}

TEST_CASE("a board of several pages closes what none of them shows") {
  world w;
  w.web.shown = first(25);
  CHECK(w.crawl(acme_pages).total_jobs == 25);
  w.web.change([](site& s) {
    s.shown.erase(3);
    s.shown.erase(17);
  });
  CHECK_FALSE(w.crawl(acme_pages).partial);
  CHECK(w.closed().empty());
  // A reading without its second page says nothing.
  w.web.change([](site& s) {
    s.instead["offset=10"] = answer_with(500, "text/html", "no");
  });
  CHECK(w.crawl(acme_pages).partial);
  CHECK(w.closed().empty());
  w.web.change([](site& s) { s.instead.clear(); });
  CHECK_FALSE(w.crawl(acme_pages).partial);
  CHECK(w.closed() == numbers{3, 17});
  w.web.change([](site& s) { s.shown.insert(3); });
  w.crawl(acme_pages);
  CHECK(w.closed() == numbers{17});
}

TEST_CASE("a posting whose own page is gone is closed at once") {
  world w;
  w.web.shown = first(12);
  w.crawl(acme_pages);
  for (auto status : {500, 401, 403, 429}) {
    INFO("status " << status);
    w.web.change([&](site& s) {
      s.instead["/postings/7"] = answer_with(status, "text/html", "no");
    });
    w.crawl(acme_pages);
    CHECK(w.closed().empty());
  }
  w.web.change([](site& s) {
    s.instead["/postings/7"] = answer_with(410, "text/html", "gone");
  });
  w.crawl(acme_pages);
  CHECK(w.closed() == numbers{7});
  w.web.change([](site& s) { s.instead.clear(); });
  w.crawl(acme_pages);
  CHECK(w.closed().empty());
}

TEST_CASE("so is one that is known by its page's address alone") {
  world w;
  w.web.shown = {1};
  const board page{"jsonld", w.web.url() + "/career/1", "Acme"};
  CHECK(w.crawl(page).total_jobs == 1);
  w.web.change([](site& s) { s.shown.clear(); });
  w.crawl(page);
  CHECK(w.closed() == numbers{1});
  w.web.change([](site& s) { s.shown = {1}; });
  w.crawl(page);
  CHECK(w.closed().empty());
}

TEST_CASE("a posting that says something else is kept so, and counted once") {
  world w;
  w.web.shown = first(12);
  w.crawl(acme_pages);
  const auto before = posting(w, 5);
  w.web.change([](site& s) { s.news = "There is news. "; });
  auto again = w.crawl(acme_pages);
  CHECK(again.raw_jobs == 12);
  CHECK(again.total_jobs == 12);
  CHECK(again.duplicates_removed == 0);
  const auto after = posting(w, 5);
  CHECK(after.id == before.id);
  CHECK(after.first_seen == before.first_seen);
  CHECK(after.description == "There is news. " + before.description);
  // What the list alone says takes nothing away.
  w.web.change([](site& s) {
    s.instead["/postings/5"] = answer_with(500, "text/html", "no");
  });
  w.crawl(acme_pages);
  CHECK(posting(w, 5).description == after.description);
  auto one = *farm::start(w.options());
  for (const auto* query : {"q1", "q2", "q3"})
    CHECK(watch::audit_query(one->disk(), query)->adds_up);
}
