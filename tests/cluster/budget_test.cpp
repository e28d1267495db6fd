#include "nodes/http_get.hpp"
#include "nodes/link/keys.hpp"
#include "nodes/simulator/simulator.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/server_process.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

// A coordinator and three workers, each a process, before one host: its budget
// is the farm's, by the host's own log.

using namespace jobfarm;
using namespace std::chrono_literals;
using test::server_process;
namespace link_layer = jobfarm::nodes::link_layer;

namespace {

constexpr int budget_per_second = 10;
/// By so much may the way from the frontier over a worker to the host differ on
/// a loaded machine, in milliseconds. Budgets that were each worker's own would
/// show as three times as many.
constexpr std::int64_t way_ms = 250;

struct cluster {
  explicit cluster(nodes::scenario what)
      : boards(*nodes::simulator::start({0, std::move(what)})) {
    std::ofstream(file("config.toml"))
        << "[sources.jsonld]\nburst = 1\nconcurrent_requests = 8\n"
           "requests_per_second = "
        << budget_per_second << '\n';
    auto main_pair = link_layer::new_key_pair();
    REQUIRE(link_layer::write_key_file(file("main.key"), main_pair));
    auto link = test::free_port();
    auto http_port = test::free_port();
    http = std::to_string(http_port);
    auto address = "127.0.0.1:" + std::to_string(link);
    coordinator = std::make_unique<server_process>(
        node({"--role", "coordinator", "--name", "main", "--link-listen",
              address, "--http-port", http, "--data-dir", file("main")}),
        http_port);
    for (const auto* name : {"w1", "w2", "w3"}) {
      auto pair = link_layer::new_key_pair();
      REQUIRE(
          link_layer::write_key_file(file(name + std::string{".key"}), pair));
      REQUIRE(link_layer::allow(file("allowed"), name, pair.public_key));
      // It listens nowhere itself.
      workers.push_back(std::make_unique<server_process>(
          node({"--role", "worker", "--name", name, "--workers", "2",
                "--coordinator", address, "--coordinator-key",
                link_layer::to_hex(main_pair.public_key), "--data-dir",
                file(name)}),
          link));
    }
  }

  std::string file(const std::string& name) const {
    return (dir.path() / name).string();
  }

  /// What a command prints; empty if it fails.
  std::string ask(const std::string& words) const {
    auto line = std::string{JOBFARM_PROGRAM} + ' ' + words + " --data-dir "
                + file("main") + " --server http://127.0.0.1:" + http + " >"
                + file("out") + " 2>>" + file("asked");
    if (std::system(line.c_str()) != 0)
      return {};
    return test::read_file(file("out"));
  }

  bool has_three_workers() const {
    auto text = ask("nodes");
    return text.find("w1") != text.npos && text.find("w2") != text.npos
           && text.find("w3") != text.npos;
  }

  bool is_over() const {
    auto text = ask("list");
    return text.find("complete") != text.npos
           || text.find("partial") != text.npos;
  }

  test::temporary_directory dir;
  std::unique_ptr<nodes::simulator> boards;
  std::string http;
  std::unique_ptr<server_process> coordinator;
  std::vector<std::unique_ptr<server_process>> workers;

private:
  std::vector<std::string> node(std::vector<std::string> own) const {
    std::vector<std::string> words = {JOBFARM_PROGRAM, "node"};
    words.insert(words.end(), own.begin(), own.end());
    for (const auto& one : {std::string{"--keys-dir"}, dir.path().string(),
                            std::string{"--boards-url"}, boards->url(),
                            std::string{"--config"}, file("config.toml")})
      words.push_back(one);
    return words;
  }
};

template <class Condition>
bool comes_true(Condition holds, std::chrono::seconds within) {
  auto limit = std::chrono::steady_clock::now() + within;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > limit)
      return false;
    std::this_thread::sleep_for(100ms);
  }
  return true;
}

struct visit {
  std::int64_t at_ms;
  int status;
};

/// What was asked for below `path`, as the host itself wrote it down.
std::vector<visit> visits(const nodes::simulator& to, const std::string& path) {
  auto log = nodes::http_get(to.url() + "/__log", 64u << 20);
  REQUIRE(log);
  std::istringstream lines(*log);
  std::vector<visit> all;
  for (std::string line; std::getline(lines, line);) {
    auto row = nlohmann::json::parse(line);
    if (row["target"].get<std::string>().rfind(path, 0) == 0)
      all.push_back({row["at_ms"], row["status"]});
  }
  return all;
}

/// The most visits in any window of this length.
std::ptrdiff_t most_within(const std::vector<visit>& all,
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
  nodes::scenario what;
  what.postings = 4000;
  nodes::fault refusal;
  refusal.source = "jsonld";
  refusal.kind = nodes::fault_kind::rate_limited;
  refusal.from = 40;
  refusal.until = 41;
  refusal.retry_after_s = 5;
  what.faults.push_back(refusal);
  cluster c(what);
  REQUIRE(comes_true([&] { return c.has_three_workers(); }, 30s));
  REQUIRE_FALSE(
      c.ask("submit --quiet --sources jsonld --boards-url " + c.boards->url())
          .empty());
  REQUIRE(comes_true([&] { return c.is_over(); }, 120s));
  auto all = visits(*c.boards, "/jsonld/");
  std::cout << "budget: " << all.size() << " requests, most in 1 s "
            << most_within(all, 1000) << ", in 5 s " << most_within(all, 5000)
            << std::endl;
  REQUIRE(all.size() > 100);
  // Each process reads robots.txt once: all three were at it.
  CHECK(visits(*c.boards, "/robots.txt").size() == 3);
  CHECK(most_within(all, 1000 - way_ms) <= budget_per_second);
  CHECK(most_within(all, 5000 - way_ms) <= 5 * budget_per_second);
  auto refused = std::find_if(all.begin(), all.end(), [](const visit& one) {
    return one.status == 429;
  });
  REQUIRE(refused != all.end());
  REQUIRE(refused + 1 != all.end());
  auto silence = (refused + 1)->at_ms - refused->at_ms;
  std::cout << "budget: silent for " << silence << " ms after Retry-After: 5"
            << std::endl;
  CHECK(silence >= 5000);
}
