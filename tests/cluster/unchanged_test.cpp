#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>

// What one worker has read another need not read again.

using namespace jobfarm;
using namespace std::chrono_literals;

namespace {

/// Answers about boards so far, and how many of them said "as it was".
struct answers {
  explicit answers(const nodes::simulator& boards) {
    for (const auto* source : {"/greenhouse/", "/lever/"})
      for (const auto& one : test::visits(boards, source)) {
        ++all;
        unchanged += one.status == 304;
      }
  }
  int all = 0;
  int unchanged = 0;
};

} // namespace

TEST_CASE(
    "a worker that never saw a board is not sent it if it is what another "
    "one read") {
  test::cluster_options options;
  options.what.postings = 300;
  options.workers = 1;
  options.more_workers = 1;
  test::cluster c(options);
  REQUIRE(test::comes_true([&] { return c.connected() == 1; }, 30s));
  c.submit("--sources greenhouse,lever");
  REQUIRE(test::comes_true([&] { return c.is_over(); }, 60s, 200ms));
  const answers first(*c.boards);
  REQUIRE(first.all > 0);
  CHECK(first.unchanged == 0);
  c.workers[0]->end(SIGTERM);
  c.add_worker();
  REQUIRE(test::comes_true([&] { return c.connected() == 1; }, 30s));
  auto again = c.submit("--sources greenhouse,lever");
  REQUIRE(test::comes_true([&] { return c.is_over(); }, 60s, 200ms));
  const answers both(*c.boards);
  CHECK(both.all == 2 * first.all);
  CHECK(both.unchanged == first.all);
  auto audit = c.ask("audit " + again);
  REQUIRE(audit);
  INFO(*audit);
  CHECK(audit->find("= 0 stored  + 0 merged  + 0 rejected") != audit->npos);
}
