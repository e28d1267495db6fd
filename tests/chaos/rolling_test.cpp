#include "tests/chaos/ledger.hpp"

#include <catch2/catch.hpp>

// Every node of a cluster is replaced while a query runs, as for a new version.

using namespace jobfarm;
using namespace std::chrono_literals;

namespace {

/// Another node takes the place of a worker that has drained and left.
void replace(test::cluster& in, std::size_t worker) {
  auto name = "w" + std::to_string(worker + 1);
  INFO(test::read_file(in.file(name + ".log")));
  REQUIRE(in.ask("drain " + name + " --wait 30s"));
  REQUIRE(in.workers[worker]->wait() == 0);
  in.workers[worker]->start();
}

} // namespace

TEST_CASE("a rolling restart loses nothing and ends no query") {
  constexpr std::uint64_t postings = 3000;
  test::cluster_options options;
  options.what = test::slow_boards(5, postings);
  options.workers = 3;
  options.worker_words = {"--workers", "1"};
  test::cluster c(options);
  REQUIRE(test::comes_true([&] { return c.connected() == 3; }, 30s));
  c.submit();
  for (std::size_t i = 0; i < c.workers.size(); ++i)
    replace(c, i);
  CHECK_FALSE(c.is_over());
  CHECK(c.coordinator->end(SIGTERM) == 0);
  c.coordinator->start();
  REQUIRE(test::comes_true([&] { return c.is_over(); }, 120s));
  CHECK(c.connected() == 3);
  test::check_ledger(c, postings);
}
