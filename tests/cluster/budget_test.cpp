#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <iostream>

// A coordinator and three workers, each a process, before one host: its budget
// is the farm's, by the host's own log.

using namespace jobfarm;
using namespace std::chrono_literals;

namespace {

constexpr int budget_per_second = 10;
/// By so much may the way from the frontier over a worker to the host differ on
/// a loaded machine, in milliseconds. Budgets that were each worker's own would
/// show as three times as many.
constexpr std::int64_t way_ms = 250;

/// The most visits in any window of this length.
std::ptrdiff_t most_within(const std::vector<test::visit>& all,
                           std::int64_t window_ms) {
  std::ptrdiff_t most = 0;
  auto first = all.begin();
  for (auto last = all.begin(); last != all.end(); ++last) {
    while (last->at_ms - first->at_ms >= window_ms)
      ++first;
    most = std::max(most, last - first + 1);
  }
  return most;
}

} // namespace

TEST_CASE("three workers together keep to one host's budget and its 429") {
  test::cluster_options options;
  options.what.postings = 4000;
  options.workers = 3;
  options.worker_words = {"--workers", "2"};
  options.config = "[sources.jsonld]\nburst = 1\nconcurrent_requests = 8\n"
                   "requests_per_second = "
                   + std::to_string(budget_per_second);
  nodes::fault refusal;
  refusal.source = "jsonld";
  refusal.kind = nodes::fault_kind::rate_limited;
  refusal.from = 40;
  refusal.until = 41;
  refusal.retry_after_s = 5;
  options.what.faults.push_back(refusal);
  test::cluster c(options);
  REQUIRE(test::comes_true([&] { return c.connected() == 3; }, 30s));
  c.submit("--sources jsonld");
  REQUIRE(test::comes_true([&] { return c.is_over(); }, 120s));
  auto all = test::visits(*c.boards, "/jsonld/");
  std::cout << "budget: " << all.size() << " requests, most in 1 s "
            << most_within(all, 1000) << ", in 5 s " << most_within(all, 5000)
            << std::endl;
  REQUIRE(all.size() > 100);
  // Each process reads robots.txt once: all three were at it.
  CHECK(test::visits(*c.boards, "/robots.txt").size() == 3);
  CHECK(most_within(all, 1000 - way_ms) <= budget_per_second);
  CHECK(most_within(all, 5000 - way_ms) <= 5 * budget_per_second);
  auto refused =
      std::find_if(all.begin(), all.end(),
                   [](const test::visit& one) { return one.status == 429; });
  REQUIRE(refused != all.end());
  REQUIRE(refused + 1 != all.end());
  auto silence = (refused + 1)->at_ms - refused->at_ms;
  std::cout << "budget: silent for " << silence << " ms after Retry-After: 5"
            << std::endl;
  CHECK(silence >= 5000);
}
