#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <sstream>

using namespace jobfarm;
using namespace std::chrono_literals;
using nlohmann::json;

// `jobfarm fault` on clusters of real processes.

namespace {

test::cluster_options small(std::uint64_t postings) {
  test::cluster_options made;
  made.what.seed = 5;
  made.what.postings = postings;
  made.workers = 2;
  for (const auto* source : {"ashby", "greenhouse", "indeed", "jsonld", "lever",
                             "linkedin", "remoteok", "smartrecruiters",
                             "workable", "ziprecruiter"})
    made.config += std::string{"[sources."} + source
                   + "]\nrequests_per_second = 0\nconcurrent_requests = 40\n";
  made.coordinator_words = {"--allow-faults"};
  made.worker_words = {"--allow-faults"};
  return made;
}

std::vector<json> faults_of(const test::cluster& c) {
  std::vector<json> all;
  auto listed = c.ask("fault list --json");
  REQUIRE(listed);
  std::istringstream lines(*listed);
  for (std::string line; std::getline(lines, line);)
    if (!line.empty() && line[0] == '{')
      all.push_back(json::parse(line));
  return all;
}

/// All queries end, and everything adds up.
void finish(const test::cluster& c, const std::string& query) {
  REQUIRE(test::comes_true([&] { return c.is_over(); }, 120s, 200ms));
  auto audit = c.ask("audit " + query);
  INFO(audit.value_or("the balance does not add up"));
  CHECK(audit);
}

void wait_for_workers(const test::cluster& c, std::size_t count) {
  REQUIRE(test::comes_true([&] { return c.connected() == count; }, 30s));
}

} // namespace

TEST_CASE("frames that are lost, doubled, late and overtaken, both ways and at "
          "both ends, lose nothing") {
  test::cluster c(small(800));
  wait_for_workers(c, 2);
  for (const auto* where : {"link.send", "link.receive"})
    for (const auto* whose : {"", " --node w1", " --node w2"})
      for (const auto* what :
           {"drop --probability 0.03", "duplicate --probability 0.03",
            "reorder --probability 0.05",
            "delay --delay-ms 20 --probability 0.05"}) {
        INFO(where << whose << ' ' << what);
        REQUIRE(c.ask(std::string{"fault inject "} + where + whose
                      + " --seed 7 --effect " + what));
      }
  CHECK(faults_of(c).size() == 24);
  auto query = c.submit();
  finish(c, query);
  // What a worker says of its faults is a second old at most.
  REQUIRE(test::comes_true(
      [&] {
        std::size_t struck = 0;
        for (const auto& one : faults_of(c))
          struck += one["struck"].get<std::int64_t>() > 0;
        return struck >= 20;
      },
      20s, 500ms));
  REQUIRE(c.ask("fault clear"));
  CHECK(faults_of(c).empty());
}

TEST_CASE("a fault for a worker strikes there, is listed and goes when cleared") {
  test::cluster c(small(800));
  wait_for_workers(c, 2);
  CHECK_FALSE(c.ask("fault inject collector.page --node nobody --effect kill"));
  CHECK_FALSE(c.ask("fault inject collector.page --node w1 --effect drop"));
  REQUIRE(c.ask("fault inject collector.page --node w1 --effect hang "
                "--delay-ms 500 --times 2"));
  REQUIRE(c.ask("fault inject source.answer --node w2 --code timeout --times 5"));
  REQUIRE(c.ask("fault inject source.answer --effect delay --delay-ms 1"));
  auto all = faults_of(c);
  REQUIRE(all.size() == 3);
  CHECK(all[0]["node"] == "w1");
  CHECK(all[1]["node"] == "w2");
  CHECK_FALSE(all[2].contains("node"));
  auto query = c.submit();
  finish(c, query);
  CHECK(test::comes_true(
      [&] {
        auto now = faults_of(c);
        return now.size() == 3 && now[0]["struck"] == 2 && now[1]["struck"] == 5;
      },
      10s, 300ms));
  REQUIRE(c.ask("fault clear " + std::to_string(all[1]["id"].get<int>())));
  all = faults_of(c);
  REQUIRE(all.size() == 2);
  CHECK(all[0]["node"] == "w1");
  CHECK_FALSE(all[1].contains("node"));
  CHECK_FALSE(c.ask("fault clear 99"));
}

TEST_CASE("a worker that a fault crashes is gone, with its faults; the rest of "
          "the cluster goes on") {
  test::cluster c(small(800));
  wait_for_workers(c, 2);
  auto query = c.submit();
  REQUIRE(c.ask("fault inject node.pulse --node w1 --effect kill --times 1"));
  REQUIRE(test::comes_true([&] { return c.connected() == 1; }, 10s));
  CHECK(faults_of(c).empty());
  finish(c, query);
}

TEST_CASE("slow writes, refused leases and clocks that jump lose nothing") {
  test::cluster c(small(800));
  wait_for_workers(c, 2);
  REQUIRE(c.ask("fault inject store.commit --effect delay --delay-ms 30"));
  REQUIRE(c.ask("fault inject frontier.lease --probability 0.5 --seed 3"));
  REQUIRE(c.ask("fault inject frontier.clock --effect jump --delay-ms 40000 "
                "--probability 0.2 --times 2"));
  // Last, because a node whose clock jumps takes the others for lost.
  REQUIRE(c.ask("fault inject link.clock --node w2 --effect jump "
                "--delay-ms 3000 --probability 0.1 --times 2"));
  REQUIRE(c.ask("fault inject link.clock --effect jump --delay-ms 3000 "
                "--probability 0.1 --times 2"));
  auto query = c.submit();
  finish(c, query);
  for (const auto& one : faults_of(c))
    if (one["point"] != "frontier.lease" && !one.contains("node"))
      CHECK(one["struck"].get<std::int64_t>() > 0);
}

TEST_CASE("a worker that was started without --allow-faults takes none") {
  auto options = small(200);
  options.worker_words = {};
  test::cluster c(options);
  wait_for_workers(c, 2);
  CHECK_FALSE(c.ask("fault inject collector.page --node w1 --effect kill"));
  CHECK(faults_of(c).empty());
}
