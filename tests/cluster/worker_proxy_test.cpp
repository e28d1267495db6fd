#include "tests/fetch/real_proxies.hpp"
#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

// What a worker's proxies do is known where the operator asks: at the
// coordinator.

using namespace jobfarm;
using namespace std::chrono_literals;

namespace {

/// What the coordinator says of the only proxy of the worker; null before it
/// has heard of one.
nlohmann::json proxy_of(const test::cluster& c) {
  auto text = c.ask("nodes --json");
  if (!text)
    return {};
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    auto node = nlohmann::json::parse(line);
    if (node["role"] == "worker" && !node["proxies"].empty())
      return node["proxies"][0];
  }
  return {};
}

/// Requests of the farm; what begins with two underscores the operator asks.
std::int64_t asked_of(const nodes::simulator& boards) {
  auto all = test::visits(boards, "/");
  return std::count_if(all.begin(), all.end(), [](const test::visit& one) {
    return one.target.rfind("/__", 0) != 0;
  });
}

} // namespace

TEST_CASE("the coordinator tells of the proxies of its workers") {
  if (!test::are_proxies_installed())
    return;
  test::open_directory dir;
  auto proxy = test::tinyproxy(dir);
  auto url = "http://127.0.0.1:" + std::to_string(proxy->port);
  test::cluster_options options;
  options.what.postings = 60;
  options.workers = 1;
  options.worker_words = {"--proxies", dir.file("proxies", url + '\n')};
  test::cluster c(options);
  REQUIRE(test::comes_true([&] { return c.connected() == 1; }, 30s));
  c.submit("--sources greenhouse,lever");
  REQUIRE(test::comes_true([&] { return c.is_over(); }, 60s, 200ms));
  auto asked = asked_of(*c.boards);
  REQUIRE(asked > 0);
  // A worker tells every second or so.
  CHECK(test::comes_true(
      [&] {
        auto told = proxy_of(c);
        return !told.is_null() && told["requests"] == asked;
      },
      30s, 200ms));
  auto told = proxy_of(c);
  REQUIRE(told.is_object());
  CHECK(told["url"] == url);
  CHECK(told["bytes"].get<std::int64_t>() > 0);
  auto status = c.ask("status");
  REQUIRE(status);
  CHECK(status->find("proxies") != status->npos);
  CHECK(status->find(std::to_string(asked) + " requests") != status->npos);
}
