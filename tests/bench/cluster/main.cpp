#include "actors/store/leveldb_store.hpp"
#include "nodes/link/keys.hpp"
#include "tests/bench/cluster/idle_worker.hpp"
#include "tests/bench/cluster/limits.hpp"
#include "tests/support/cluster.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

// Usage: cluster_bench dispatch [TASKS] | restart [TASKS] | scale
//
//   dispatch  empty tasks a second through a coordinator's ledger, the data
//             link and a worker that does nothing, beside what ZeroMQ and
//             LevelDB do alone
//   restart   how soon a coordinator with so many queued tasks lends the first
//   scale     pages a second of 1, 2, 4 and 8 workers on boards that take their
//             time

namespace {

using namespace jobfarm;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr std::uint32_t window = 512;

/// No host waits: what is measured is the farm.
constexpr auto without_budgets = "[sources.jsonld]\n"
                                 "requests_per_second = 0\n"
                                 "concurrent_requests = 1000000\n";

void must(const expected<void>& done) {
  if (!done)
    throw std::runtime_error(done.error().detail);
}

std::string id_of(std::size_t number) {
  char digits[33];
  std::snprintf(digits, sizeof digits, "%032zx", number * 0x9e3779b97f4a7c15);
  return digits;
}

/// A ledger with one query that goes on, `count` tasks of it waiting.
void write_ledger(const std::string& directory, const std::string& board_url,
                  std::size_t count) {
  auto disk = store::open_leveldb_store(directory);
  if (!disk)
    throw std::runtime_error(disk.error().detail);
  query_record query;
  query.query.query_id = "dispatch";
  query.query.sources = {"jsonld"};
  query.query.submitted_at = "2026-11-28T08:00:00Z";
  store::batch changes;
  changes.queries.push_back(query);
  for (std::size_t i = 0; i < count; ++i) {
    task one;
    one.id = id_of(i + 1);
    one.query_id = query.query.query_id;
    one.source = "jsonld";
    one.board = "board" + std::to_string(i);
    one.host = board_url.substr(board_url.find("://") + 3);
    one.request.url = board_url + '/' + one.board;
    changes.tasks.push_back({one, task_state::ready, {}});
    if (changes.tasks.size() == 10'000) {
      must((*disk)->commit(changes));
      changes = {};
    }
  }
  must((*disk)->commit(changes));
}

/// A coordinator in a process of its own, with a ledger of `count` tasks and a
/// worker in this one.
class dispatch_world {
public:
  explicit dispatch_world(std::size_t count) : cluster_(options()) {
    cluster_.coordinator->end(SIGTERM);
    std::filesystem::create_directories(cluster_.file("main"));
    write_ledger(cluster_.file("main/store"),
                 cluster_.boards->url() + "/jsonld", count);
  }

  /// Starts the coordinator and lets the worker have the first lease.
  void run() {
    auto key = nodes::link_layer::new_key_pair();
    must(nodes::link_layer::write_key_file(cluster_.file("idle.key"), key));
    must(nodes::link_layer::allow(cluster_.file("allowed"), "idle",
                                  key.public_key));
    begun_ = steady_clock::now();
    cluster_.coordinator->start();
    nodes::link_layer::client_options options;
    options.name = "idle";
    options.coordinators = {"tcp://" + cluster_.link()};
    options.key_file = cluster_.file("idle.key");
    options.coordinator_key = cluster_.public_key();
    options.about.incarnation = "bench";
    options.note = [](const std::string&) {};
    auto worker = std::make_unique<bench::idle_worker>(window);
    seen = worker->seen;
    line_ = bench::idle_worker::connect(std::move(worker), std::move(options));
    wait([&] { return seen->first_lease != steady_clock::time_point{}; });
  }

  template <class Condition>
  void wait(Condition holds) {
    std::unique_lock lock(seen->mutex);
    if (!seen->changed.wait_for(lock, 120s, holds))
      throw std::runtime_error("nothing came; see " + cluster_.file("main.log")
                               + '\n'
                               + test::read_file(cluster_.file("main.log")));
  }

  std::chrono::duration<double> until_first_lease() const {
    return seen->first_lease - begun_;
  }

  std::string file(const std::string& name) const {
    return cluster_.file(name);
  }

  std::shared_ptr<bench::idle_worker::figures> seen;

private:
  static test::cluster_options options() {
    test::cluster_options made;
    made.workers = 0;
    made.what.postings = 1;
    made.config = without_budgets;
    return made;
  }

  test::cluster cluster_;
  steady_clock::time_point begun_;
  std::unique_ptr<nodes::link_layer::client> line_;
};

double at_share(std::vector<double>& all, double share) {
  auto nth = all.begin()
             + static_cast<std::ptrdiff_t>(
                 share * static_cast<double>(all.size() - 1));
  std::nth_element(all.begin(), nth, all.end());
  return *nth;
}

void dispatch(std::size_t count) {
  dispatch_world world(count);
  world.run();
  world.wait([&] { return world.seen->settled == count; });
  auto& seen = *world.seen;
  std::chrono::duration<double> took = seen.last_settled - seen.first_lease;
  auto speed = static_cast<double>(count) / took.count();
  auto zeromq = bench::zeromq_round_trips_per_second(count, window);
  auto leveldb =
      bench::leveldb_writes_per_second(count, 128, world.file("limit"));
  std::printf("dispatch: %zu empty tasks, %.0f a second, lease to commit "
              "p50 %.1f ms, p99 %.1f ms\n",
              count, speed, at_share(seen.latencies_ms, 0.5),
              at_share(seen.latencies_ms, 0.99));
  std::printf("limits: ZeroMQ %.0f round trips a second (%.2f of it), LevelDB "
              "%.0f synced writes (%.2f of it)\n",
              zeromq, speed / zeromq, leveldb, speed / leveldb);
}

void restart(std::size_t count) {
  dispatch_world world(count);
  world.run();
  std::printf("restart: first lease %.2f s after the start of a coordinator "
              "with %zu queued tasks\n",
              world.until_first_lease().count(), count);
}

constexpr auto answer_time = 200ms;

/// Seconds that `workers` take for 2,000 boards, from the first request to the
/// last answer, by the boards' own log.
double seconds_of(std::size_t workers) {
  test::cluster_options options;
  options.workers = workers;
  options.what.postings = 50'000;
  options.what.career_pages = 2000;
  nodes::fault slow;
  slow.source = "jsonld";
  slow.kind = nodes::fault_kind::slow;
  slow.delay_ms = answer_time.count();
  options.what.faults.push_back(slow);
  options.config = without_budgets;
  options.worker_words = {"--workers", "2"};
  test::cluster c(options);
  if (!test::comes_true([&] { return c.connected() == workers; }, 30s))
    throw std::runtime_error("workers did not come");
  c.submit("--sources jsonld");
  if (!test::comes_true([&] { return c.is_over(); }, 300s, 1s))
    throw std::runtime_error("the query did not end");
  auto all = test::visits(*c.boards, "/jsonld/");
  auto took = std::chrono::milliseconds{all.back().at_ms - all.front().at_ms};
  return std::chrono::duration<double>(took + answer_time).count();
}

void scale() {
  auto one = 0.0;
  std::puts("workers  seconds  boards/s  times one  of n");
  for (std::size_t n : {1u, 2u, 4u, 8u}) {
    auto took = seconds_of(n);
    if (n == 1)
      one = took;
    auto times = one / took;
    std::printf("%7zu  %7.2f  %8.0f  %9.2f  %4.2f\n", n, took, 2000 / took,
                times, times / static_cast<double>(n));
    std::fflush(stdout);
  }
}

} // namespace

int main(int argc, char** argv) try {
  std::string what = argc > 1 ? argv[1] : "";
  auto count = [&](std::size_t standard) {
    return argc > 2 ? std::strtoull(argv[2], nullptr, 10) : standard;
  };
  if (what == "dispatch")
    dispatch(count(100'000));
  else if (what == "restart")
    restart(count(1'000'000));
  else if (what == "scale")
    scale();
  else {
    std::fputs("usage: cluster_bench dispatch [TASKS] | restart [TASKS] | "
               "scale\n",
               stderr);
    return 2;
  }
} catch (const std::exception& e) {
  std::fprintf(stderr, "cluster_bench: %s\n", e.what());
  return 1;
}
