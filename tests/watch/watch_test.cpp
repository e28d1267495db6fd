#include "actors/store/memory_store.hpp"
#include "actors/watch/audit.hpp"
#include "actors/watch/fail_points.hpp"
#include "actors/watch/farm_metrics.hpp"
#include "actors/watch/log.hpp"
#include "actors/watch/metrics.hpp"
#include "actors/watch/source_health.hpp"
#include "actors/watch/watched_store.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <thread>

using namespace jobfarm;
using namespace jobfarm::watch;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

task_record record_of(const std::string& id, task_state state,
                      task_counts counts) {
  task_record record;
  record.task.id = id;
  record.task.query_id = "q";
  record.task.source = "lever";
  record.state = state;
  record.counts = counts;
  return record;
}

task_counts counts_of(std::int64_t handed_out, std::int64_t stored,
                      std::int64_t merged) {
  task_counts counts;
  counts.handed_out = handed_out;
  counts.stored = stored;
  counts.merged = merged;
  return counts;
}

armed_fault fault_at(const std::string& point, double probability,
                     std::uint64_t seed) {
  armed_fault fault;
  fault.point = point;
  fault.probability = probability;
  fault.seed = seed;
  return fault;
}

} // namespace

TEST_CASE("a query adds up when every record of done tasks has a fate") {
  store::memory_store disk;
  store::batch changes;
  query_record query;
  query.query.query_id = "q";
  changes.queries.push_back(query);
  // A list of six: five that it shows, one that its own page did not; and one
  // whose page is still to come.
  auto open = record_of("c", task_state::ready, {});
  open.task.listed.emplace();
  changes.tasks = {record_of("a", task_state::done, counts_of(7, 3, 2)),
                   record_of("b", task_state::dead, counts_of(0, 1, 0)),
                   std::move(open)};
  REQUIRE(disk.commit(changes));
  auto audit = *audit_query(disk, "q");
  CHECK(audit.adds_up);
  REQUIRE(audit.sources.size() == 1);
  CHECK(audit.sources[0].dead_lettered == 1);
  CHECK(audit.sources[0].open == 1);
  CHECK(audit.sources[0].stored == 4);

  store::batch lost;
  lost.tasks = {record_of("d", task_state::done, counts_of(7, 3, 2))};
  REQUIRE(disk.commit(lost));
  audit = *audit_query(disk, "q");
  CHECK_FALSE(audit.adds_up);
  REQUIRE(audit.faults.size() == 1);
  CHECK(has(audit.faults[0], "lever: 2 records that were handed out"));
  CHECK(audit_query(disk, "nobody").error().code == errc::not_found);
}

TEST_CASE("what an operator dropped is given up and no longer listed") {
  store::memory_store disk;
  store::batch changes;
  query_record query;
  query.query.query_id = "q";
  changes.queries.push_back(query);
  changes.tasks = {record_of("a", task_state::dead, {}),
                   record_of("b", task_state::dropped, {})};
  REQUIRE(disk.commit(changes));
  auto audit = *audit_query(disk, "q");
  CHECK(audit.adds_up);
  CHECK(audit.sources[0].dead_lettered == 2);
  CHECK(audit.sources[0].dropped == 1);
  auto listed = *dead_letters(disk, "q", "", 9);
  REQUIRE(listed.size() == 1);
  CHECK(listed[0].task_id == "a");
}

TEST_CASE("dead letters are listed page by page, each once") {
  store::memory_store disk;
  store::batch changes;
  for (const auto* id : {"a", "b", "c", "d", "e"})
    changes.tasks.push_back(record_of(id, task_state::dead, {}));
  REQUIRE(disk.commit(changes));
  std::set<std::string> seen;
  std::string after;
  for (int page = 0; page < 3; ++page) {
    auto some = *dead_letters(disk, "q", after, 2);
    for (const auto& one : some) {
      CHECK(seen.insert(one.task_id).second);
      after = place_of(one);
    }
  }
  CHECK(seen.size() == 5);
}

TEST_CASE(
    "a dead letter that is taken off the list between two pages hides none "
    "behind it") {
  store::memory_store disk;
  store::batch changes;
  for (const auto* id : {"a", "b", "c"})
    changes.tasks.push_back(record_of(id, task_state::dead, {}));
  changes.tasks.push_back(record_of("a", task_state::dead, {}));
  changes.tasks.back().task.query_id = "r";
  REQUIRE(disk.commit(changes));
  for (const auto* query : {"", "q"}) {
    auto first = *dead_letters(disk, query, "", 2);
    REQUIRE(first.size() == 2);
    store::batch dropped;
    dropped.tasks.push_back(record_of("b", task_state::dropped, {}));
    REQUIRE(disk.commit(dropped));
    auto rest = *dead_letters(disk, query, place_of(first.back()), 9);
    CHECK(rest.size() == (*query ? 1 : 2));
    REQUIRE_FALSE(rest.empty());
    CHECK(rest.front().task_id == "c");
    REQUIRE(disk.commit(changes));
  }
}

TEST_CASE("a source is as healthy as its last pages and its circuit") {
  std::int64_t now = 1'000'000;
  source_health health([&] { return now; });
  auto told = [&] {
    source_status status;
    status.name = "lever";
    health.describe(status);
    return status;
  };
  CHECK_FALSE(told().healthy.has_value());
  page_report page;
  page.source = "lever";
  page.host = "api.lever.co";
  page.timings.fetch_us = 2000;
  task_counts counts;
  counts.handed_out = 30;
  health.on_settled(page, counts, true, false);
  // A board that is not there says nothing against the source.
  page.failed = fail(errc::not_found, "no such board");
  health.on_settled(page, {}, true, true);
  CHECK(told().healthy == true);
  CHECK(told().success_rate == 1.0);
  CHECK(told().jobs_collected_today == 30);
  CHECK(told().response_time_ms.p50 == 2.0);
  CHECK(told().last_success == "1970-01-12T13:46:40Z");
  now += 60;
  page.failed = fail(errc::bot_detected, "a wall");
  for (int i = 0; i < 3; ++i)
    health.on_settled(page, {}, false, false);
  CHECK(told().healthy == false);
  CHECK(told().error_message == "bot_detected: a wall");
  CHECK(told().last_success == "1970-01-12T13:46:40Z");
  CHECK(told().last_check == "1970-01-12T13:47:40Z");
  page.failed.reset();
  for (int i = 0; i < 3; ++i)
    health.on_settled(page, counts, true, false);
  CHECK(told().healthy == true);
  health.on_host({"circuit_open", "api.lever.co", ""});
  CHECK(told().healthy == false);
  CHECK(told().circuit == circuit::open);
  health.on_host({"circuit_closed", "api.lever.co", ""});
  CHECK(told().healthy == true);
  now += 86'400;
  CHECK(told().jobs_collected_today == 0);
}

TEST_CASE("a log line is one line of JSON whatever it holds") {
  log_options options{log_level::info, true, "n1"};
  auto line = log_line(options, "2026-01-01T00:00:00.000Z", log_level::warn,
                       "page_failed", "say \"hi\"\n\xff",
                       {{"query_id", std::string_view{"q"}},
                        {"empty", std::string_view{}},
                        {"attempt", std::int64_t{2}},
                        {"duration_ms", 1.5}});
  CHECK_FALSE(has(line, "\n"));
  auto read = nlohmann::json::parse(line);
  CHECK(read["level"] == "warn");
  CHECK(read["node"] == "n1");
  CHECK(read["msg"] == "say \"hi\"\n\xEF\xBF\xBD");
  CHECK(read["attempt"] == 2);
  CHECK_FALSE(read.contains("empty"));
  options.is_json = false;
  auto words = log_line(options, "t", log_level::info, "e", "a\nb",
                        {{"x", std::string_view{"c d"}}});
  CHECK(words == "t info e \"a\\nb\" x=\"c d\"");
}

TEST_CASE("faults are refused where they were not allowed") {
  fail_points none;
  CHECK(none.arm(fault_at("store.commit", 1, 1)).error().code
        == errc::auth_failed);
  fail_points some(true);
  CHECK_FALSE(some.arm(fault_at("no.such.point", 1, 1)));
  CHECK_FALSE(some.arm(fault_at("collector.page", 1, 1)));
  CHECK_FALSE(some.arm(fault_at("store.commit", 0, 1)));
  CHECK_FALSE(some.arm(fault_at("store.commit", 1.1, 1)));
  CHECK_FALSE(some.pass("store.commit"));
}

TEST_CASE("the same seed strikes the same passes, another others") {
  auto struck = [](std::uint64_t seed) {
    fail_points points(true);
    REQUIRE(points.arm(fault_at("store.commit", 0.3, seed)));
    std::string passes;
    for (int i = 0; i < 1000; ++i)
      passes += points.pass("store.commit") ? '1' : '0';
    CHECK(points.armed()[0].passed == 1000);
    return passes;
  };
  CHECK(struck(7) == struck(7));
  CHECK(struck(7) != struck(8));
  auto passes = struck(7);
  auto count = std::count(passes.begin(), passes.end(), '1');
  CHECK(count > 200);
  CHECK(count < 400);
}

TEST_CASE("a fault strikes as often as it was told, and goes when cleared") {
  fail_points points(true);
  auto fault = fault_at("store.commit", 1, 1);
  fault.times = 2;
  auto first = *points.arm(fault);
  CHECK(points.pass("store.commit"));
  CHECK_FALSE(points.pass("frontier.lease"));
  CHECK(points.pass("store.commit"));
  CHECK_FALSE(points.pass("store.commit"));
  auto second = *points.arm(fault);
  CHECK(points.pass("store.commit"));
  CHECK(points.clear(first.id) == 1);
  CHECK(points.clear(first.id) == 0);
  CHECK(points.armed()[0].id == second.id);
  CHECK(points.clear(0) == 1);
  CHECK_FALSE(points.pass("store.commit"));
}

TEST_CASE("a store that is made to fail says so and keeps nothing") {
  auto points = std::make_shared<fail_points>(true);
  auto numbers = std::make_shared<metrics>();
  auto told =
      std::make_shared<farm_metrics>(numbers, std::vector<std::string>{});
  auto disk =
      make_watched_store(std::make_unique<store::memory_store>(), told, points);
  auto fault = fault_at("store.commit", 1, 1);
  fault.times = 1;
  REQUIRE(points->arm(fault));
  store::batch changes;
  changes.index["k"] = "v";
  CHECK(disk->commit(changes).error().code == errc::store_failed);
  CHECK_FALSE(disk->lookup("k")->has_value());
  CHECK(disk->commit(changes));
  CHECK(**disk->lookup("k") == "v");
  CHECK(has(numbers->text(), "jobfarm_store_failures_total 1"));
}

TEST_CASE("a source whose boards are all missing is not well") {
  source_health health([] { return 1'000'000; });
  page_report page;
  page.source = "lever";
  page.failed = fail(errc::not_found, "no such board");
  source_status status;
  status.name = "lever";
  for (int i = 0; i < 9; ++i)
    health.on_settled(page, {}, true, true);
  health.describe(status);
  CHECK(status.healthy == true);
  health.on_settled(page, {}, true, true);
  health.describe(status);
  CHECK(status.healthy == false);
  CHECK(has(status.error_message, "not_found: none of the last 10 pages"));
  page.failed.reset();
  health.on_settled(page, {}, true, false);
  health.describe(status);
  CHECK(status.healthy == true);
}
