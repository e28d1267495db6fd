#include "nodes/http_get.hpp"
#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <optional>

// What a worker process tells monitors of itself.

using namespace jobfarm;
using namespace std::chrono_literals;

namespace {

/// Where the worker says that it serves.
std::string url_of(const test::cluster& c) {
  std::string url;
  REQUIRE(test::comes_true(
      [&] {
        std::ifstream log(c.file("w1.log"));
        for (std::string line; std::getline(log, line);)
          if (line.rfind("http://", 0) == 0)
            url = line;
        return !url.empty();
      },
      30s));
  return url;
}

/// A page of the worker; nothing where it answers with an error.
std::optional<std::string> read(const std::string& url) {
  auto page = nodes::http_get(url, 1 << 20);
  return page ? std::optional{*page} : std::nullopt;
}

bool tells(const std::string& url, const std::string& line) {
  auto page = read(url + "/metrics");
  return page && page->find(line) != page->npos;
}

} // namespace

TEST_CASE("a worker tells of its pages, its link and whether it is ready") {
  test::cluster_options options;
  options.what.postings = 60;
  options.workers = 1;
  options.worker_words = {"--metrics-port", "0"};
  test::cluster c(options);
  auto url = url_of(c);
  CHECK(
      test::comes_true([&] { return read(url + "/readyz").has_value(); }, 30s));
  CHECK(tells(url, "\njobfarm_worker_link_up 1\n"));
  CHECK(tells(url, "jobfarm_worker_pages_total{code=\"ok\","
                   "source=\"greenhouse\"} 0"));
  c.submit("--sources greenhouse");
  REQUIRE(test::comes_true([&] { return c.is_over(); }, 60s, 200ms));
  CHECK_FALSE(tells(url, "jobfarm_worker_pages_total{code=\"ok\","
                         "source=\"greenhouse\"} 0"));
  CHECK(tells(url, "\njobfarm_worker_tasks{state=\"unsettled\"} 0\n"));
  c.coordinator->end(SIGKILL);
  CHECK(test::comes_true(
      [&] { return tells(url, "\njobfarm_worker_link_up 0\n"); }, 30s));
  CHECK_FALSE(read(url + "/readyz"));
}
