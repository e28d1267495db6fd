
#include "actors/sources/source.hpp"
#include "nodes/http_get.hpp"
#include "nodes/simulator/simulator.hpp"
#include "tests/nodes/crawl.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <sstream>

// What it costs a site to be asked again when nothing has changed there.

using namespace jobfarm;
using namespace jobfarm::nodes;
using namespace std::chrono_literals;

namespace {

/// More than the status line and headers of the simulator's answers take (113
/// bytes for a 304).
constexpr std::int64_t header_bytes = 200;

struct traffic {
  std::int64_t requests = 0;
  std::int64_t unchanged = 0;
  std::int64_t body_bytes = 0;
};

/// All that the simulator has answered so far, by its own log.
traffic traffic_of(const simulator& boards) {
  auto log = http_get(boards.url() + "/__log", 64u << 20);
  REQUIRE(log);
  std::istringstream lines(*log);
  traffic sum;
  for (std::string line; std::getline(lines, line);) {
    auto row = nlohmann::json::parse(line);
    ++sum.requests;
    sum.unchanged += row["status"] == 304;
    sum.body_bytes += row["bytes"].get<std::int64_t>();
  }
  return sum;
}

farm_options options_for(const simulator& boards, const std::string& dir) {
  farm_options made;
  made.store_dir = dir + "/store";
  made.page_cache_dir = dir + "/pages";
  made.gazetteer_file = JOBFARM_GAZETTEER;
  made.allowed_hosts = {"127.0.0.1"};
  made.credentials = {{"careerjet", "key"}};
  for (const auto* source : sources::all_sources()) {
    std::string name{source->traits.name};
    auto& own = made.sources[name];
    own.enabled = true;
    own.base_url = boards.url() + '/' + name;
    own.requests_per_second = 0;
  }
  return made;
}

/// A query of companies' boards. Job sites are searched: their pages are as many
/// as one asks for.
job_query of_all_boards(const simulator& boards) {
  job_query query;
  query.query_id = "q1";
  query.sources = {"ashby", "greenhouse", "lever", "smartrecruiters",
                   "workable", "jsonld"};
  for (const auto& one : boards.boards())
    if (sources::find_source(one.source)->traits.is_board)
      query.boards.push_back(one);
  return query;
}

} // namespace

TEST_CASE("700 boards without changes cost under 2 % the second time") {
  auto boards = *simulator::start({0, {5, 13'000, {}}});
  test::temporary_directory dir;
  auto options = options_for(*boards, dir.path().string());
  auto query = of_all_boards(*boards);
  REQUIRE(query.boards.size() >= 700);
  auto first_result = test::crawl(options, query);
  auto first = traffic_of(*boards);
  query.query_id = "q2";
  auto second_result = test::crawl(options, query);
  auto both = traffic_of(*boards);
  CHECK(first_result.raw_jobs > 10'000);
  CHECK(second_result.raw_jobs == first_result.raw_jobs);
  auto requests = both.requests - first.requests;
  // Headers count where they weigh against us.
  auto again = both.body_bytes - first.body_bytes + requests * header_bytes;
  auto percent = 100.0 * static_cast<double>(again)
                 / static_cast<double>(first.body_bytes);
  std::cout << "second crawl: " << query.boards.size() << " boards, "
            << first.requests << " requests and " << first.body_bytes
            << " bytes at first, then " << requests << " requests, "
            << both.unchanged << " of them unchanged, and " << again
            << " bytes at most: " << percent << " %" << std::endl;
  CHECK(again > 0);
  CHECK(percent < 2);
}

TEST_CASE("boards without changes cost a node that never asked for them no "
          "body") {
  auto boards = *simulator::start({0, {5, 2'000, {}}});
  test::temporary_directory dir;
  auto options = options_for(*boards, dir.path().string());
  auto query = of_all_boards(*boards);
  auto first_result = test::crawl(options, query);
  auto first = traffic_of(*boards);
  options.page_cache_dir += "-of-another-node";
  query.query_id = "q2";
  auto second_result = test::crawl(options, query);
  auto both = traffic_of(*boards);
  CHECK(first_result.raw_jobs > 1'000);
  CHECK(second_result.raw_jobs == first_result.raw_jobs);
  CHECK(second_result.total_jobs == first_result.total_jobs);
  auto again = both.body_bytes - first.body_bytes;
  std::cout << "by another node: " << both.unchanged << " unchanged of "
            << both.requests - first.requests << ", " << again << " of "
            << first.body_bytes << " bytes" << std::endl;
  CHECK(again < first.body_bytes / 50);
}
