#include "actors/watch/metrics.hpp"

#include "actors/watch/farm_metrics.hpp"
#include "actors/watch/process_metrics.hpp"
#include "actors/watch/worker_metrics.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>

#include <sys/resource.h>

using namespace jobfarm;
using namespace jobfarm::watch;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

} // namespace

TEST_CASE("a node never has more series than it may") {
  metrics numbers(100);
  for (int i = 0; i < 1000; ++i)
    numbers.count("jobfarm_fetch_total",
                  {{"source", "s" + std::to_string(i)}, {"code", "ok"}});
  auto text = numbers.text();
  std::size_t lines = 0;
  for (auto at = text.find("\njobfarm_"); at != text.npos;
       at = text.find("\njobfarm_", at + 1))
    ++lines;
  CHECK(lines <= 101);
  CHECK(has(text, "jobfarm_metrics_dropped_total 90"));
  CHECK(has(text, "# TYPE jobfarm_fetch_total counter"));
}

TEST_CASE("label values are escaped, unknown names are nothing") {
  metrics numbers;
  numbers.count("jobfarm_fetch_total", {{"source", "a\"\n\\b"}});
  numbers.count("no_such_metric", {});
  auto text = numbers.text();
  CHECK(has(text, R"(source="a\"\n\\b")"));
  CHECK_FALSE(has(text, "no_such_metric"));
}

TEST_CASE("every metric has the prefix and counters say that they are") {
  std::set<std::string_view> names;
  for (const auto& one : all_metrics()) {
    INFO(one.name);
    CHECK(one.name.rfind("jobfarm_", 0) == 0);
    CHECK((one.name.substr(one.name.size() - 6) == "_total")
          == (one.kind == metric_kind::counter));
    CHECK(names.insert(one.name).second);
  }
}

TEST_CASE("a farm's series are there before its first page") {
  auto numbers = std::make_shared<metrics>();
  farm_metrics told(numbers, {"lever"});
  CHECK(has(numbers->text(),
            "jobfarm_postings_total{source=\"lever\",stage=\"stored\"} 0"));
  page_report page;
  page.source = "lever";
  page.failed = fail(errc::timeout, "");
  told.on_settled(page, {}, false, false);
  using namespace std::chrono_literals;
  told.on_frontier(7, 3, std::chrono::steady_clock::now() - 90s);
  auto text = numbers->text();
  CHECK(has(text, "jobfarm_queue_oldest_seconds{stage=\"lent\"} 90"));
  told.on_frontier(7, 0, std::nullopt);
  CHECK(
      has(numbers->text(), "jobfarm_queue_oldest_seconds{stage=\"lent\"} 0\n"));
  CHECK(has(text, "jobfarm_fetch_total{code=\"timeout\",source=\"lever\"} 1"));
  CHECK(has(text, "jobfarm_queue_depth{stage=\"waiting\"} 7"));
}

TEST_CASE("duplicates are counted by what they are, from 0 on") {
  auto numbers = std::make_shared<metrics>();
  farm_metrics told(numbers, {"lever"});
  CHECK(has(numbers->text(), "jobfarm_duplicates_total{kind=\"merged\"} 0"));
  page_report page;
  page.source = "lever";
  task_counts counts;
  counts.handed_out = 9;
  counts.merged = 3;
  counts.seen_again = 2;
  told.on_settled(page, counts, true, false);
  auto text = numbers->text();
  CHECK(has(text, "jobfarm_duplicates_total{kind=\"merged\"} 3"));
  CHECK(has(text, "jobfarm_duplicates_total{kind=\"seen_again\"} 2"));
}

TEST_CASE("a process tells its limit of files and the size of its store") {
  test::temporary_directory dir;
  std::filesystem::create_directories(dir.path() / "texts");
  std::ofstream(dir.path() / "texts" / "a") << std::string(1000, 'x');
  std::ofstream(dir.path() / "b") << std::string(234, 'x');
  metrics numbers;
  add_process_metrics(numbers, "1");
  add_store_size(numbers, dir.path().string());
  CHECK(has(numbers.text(), "jobfarm_store_bytes 1234"));
  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
  if (limit.rlim_cur < 1'000'000)
    CHECK(has(numbers.text(),
              "jobfarm_process_max_fds " + std::to_string(limit.rlim_cur)));
}

TEST_CASE("OpenMetrics names counters without _total and tells the end") {
  CHECK(watch::to_openmetrics("# HELP a_total what\n# TYPE a_total counter\n"
                              "a_total{x=\"1\"} 2\n# TYPE b gauge\nb 1\n")
        == "# HELP a what\n# TYPE a counter\na_total{x=\"1\"} 2\n"
           "# TYPE b gauge\nb 1\n# EOF\n");
}

TEST_CASE("actors that are lost are counted by what they are") {
  auto numbers = std::make_shared<metrics>();
  worker_metrics told(numbers, {"lever"});
  CHECK(has(numbers->text(),
            R"(jobfarm_actor_restarts_total{kind="collector"} 0)"));
  told.on_actor_lost("collector-2", fail(errc::internal, "a defect"));
  told.on_actor_lost("collector-1", fail(errc::internal, "a defect"));
  CHECK(has(numbers->text(),
            R"(jobfarm_actor_restarts_total{kind="collector"} 2)"));
}

TEST_CASE("what hosts do to the farm is counted") {
  auto numbers = std::make_shared<metrics>();
  farm_metrics told(numbers, {});
  told.on_host({"host_paused", "boards.example", ""});
  CHECK(has(numbers->text(),
            R"(jobfarm_host_events_total{event="host_paused"} 1)"));
}
