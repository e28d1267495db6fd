#include "actors/plan/frontier_actor.hpp"
#include "actors/plan/planner_actor.hpp"
#include "actors/store/memory_store.hpp"
#include "tests/simulation/virtual_time.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <limits>
#include <optional>

using namespace jobfarm;
using namespace jobfarm::simulation;
using namespace std::chrono_literals;

// The PLANNER beside a FRONTIER and a disk that may say no.

namespace {

/// Fails as often as it is told to.
struct moody_store : store::memory_store {
  int failures = 0;
  int uncounted = 0;
  /// What is done before each part of a count, and how many parts there are.
  std::function<void(int part)> before_part = [](int) {};
  int parts = 1;

  /// Goes on with a count that has come to `part`.
  expected<std::optional<std::int64_t>> count(int& part, std::int64_t found) {
    before_part(part);
    if (uncounted > 0) {
      --uncounted;
      return fail(errc::store_failed, "the disk says no");
    }
    if (++part < parts)
      return std::optional<std::int64_t>{};
    return std::optional{found};
  }

  expected<void> commit(const jobfarm::store::batch& changes) override {
    if (failures > 0) {
      --failures;
      return fail(errc::store_failed, "the disk says no");
    }
    return memory_store::commit(changes);
  }
};

store_actor::behavior_type writer(store_actor::pointer,
                                  std::shared_ptr<moody_store> disk) {
  return {
      [disk](const store::shared_batch& changes) -> caf::result<atom::done> {
        if (auto done = disk->commit(*changes); !done)
          return caf::make_error(caf::sec::runtime_error);
        return atom::done::value;
      }};
}

constexpr process frontier_process = 1;

struct planning {
  explicit planning(std::int64_t timeout_s = 0) {
    auto& system = time.system();
    auto store = system.spawn(writer, disk);
    frontier_config rules;
    rules.rules.standard = {0, 8, 8};
    frontier = time.as(frontier_process,
                       [&] { return system.spawn(jobfarm::frontier, rules); });
    auto count = [disk = disk](const job_query&, std::int64_t found) {
      return [disk, found, part = 0]() mutable {
        return disk->count(part, found);
      };
    };
    planner =
        system.spawn(jobfarm::planner, planner_config{{}, disk, count}, store,
                     frontier, wall_clock{time.now(), 1'790'000'000});
    handles = {caf::actor_cast<caf::actor>(store),
               caf::actor_cast<caf::actor>(frontier),
               caf::actor_cast<caf::actor>(planner)};
    submit("q", timeout_s);
  }
  ~planning() {
    for (const auto& one : handles)
      caf::anon_send_exit(one, caf::exit_reason::kill);
  }

  void submit(const std::string& query_id, std::int64_t timeout_s = 0) {
    job_query query;
    query.query_id = query_id;
    query.sources = {"greenhouse"};
    query.boards = {{"greenhouse", "acme", ""}};
    query.timeout_s = timeout_s;
    caf::anon_send(planner, std::move(query));
    run(10ms);
  }

  void run(duration length) {
    auto end = time.now() + length;
    while (time.step(end)) {
    }
  }

  std::vector<task> open_tasks() const {
    std::vector<task> all;
    (void)disk->scan_tasks("q", task_state::ready, [&](const auto& one) {
      all.push_back(one.task);
      return true;
    });
    return all;
  }

  query_record query() const {
    return **disk->query("q");
  }

  /// A worker has done the query's first page, and found `more`.
  void settle(std::vector<task> more) {
    settled_task settled;
    settled.query_id = "q";
    settled.task_id = open_tasks().at(0).id;
    settled.host = open_tasks().at(0).host;
    settled.lease = 1;
    settled.result.source = "greenhouse";
    settled.next_tasks = std::move(more);
    caf::anon_send(frontier, settled_tasks{{std::move(settled)}});
  }

  dice luck{1};
  virtual_time time{luck};
  std::shared_ptr<moody_store> disk = std::make_shared<moody_store>();
  frontier_actor frontier;
  planner_actor planner;
  std::vector<caf::actor> handles;
};

/// Lends itself the tasks there are, so many at most. Returns a count of them.
std::shared_ptr<std::size_t> take_work(planning& of, std::size_t most = 1) {
  auto granted = std::make_shared<std::size_t>(0);
  of.handles.push_back(of.time.system().spawn(
      [granted, most](caf::event_based_actor* self,
                      const frontier_actor& frontier) {
        self->send(frontier, work_request{"w", most});
        return caf::behavior{[granted](const work_granted& some) {
          *granted += some.leases.size();
        }};
      },
      of.frontier));
  of.run(10ms);
  return granted;
}

/// Has the query's one page given up, and the query end so.
void end_dead(planning& of) {
  auto open = of.open_tasks().at(0);
  jobfarm::store::batch changes;
  changes.tasks.push_back(
      {open, task_state::dead, {fail(errc::timeout, "no answer")}});
  REQUIRE(of.disk->commit(changes));
  settled_task settled;
  settled.query_id = "q";
  settled.task_id = open.id;
  settled.host = open.host;
  settled.lease = 1;
  settled.result.source = "greenhouse";
  settled.result.failed = fail(errc::timeout, "no answer");
  caf::anon_send(of.frontier, settled_tasks{{std::move(settled)}});
  of.run(1s);
  REQUIRE(of.query().result);
}

} // namespace

TEST_CASE("pages that a page in flight brings are not asked for when the query "
          "was cancelled meanwhile") {
  planning of;
  REQUIRE(of.open_tasks().size() == 1);
  take_work(of);
  caf::anon_send(of.planner, atom::cancel::value, std::string{"q"});
  of.run(10ms);
  CHECK_FALSE(of.query().progress.done);
  auto next = of.open_tasks().at(0);
  std::vector<task> more;
  for (const auto* id : {"x", "y", "z"}) {
    more.push_back(next);
    more.back().id = id;
  }
  of.settle(std::move(more));
  of.run(1s);
  CHECK(of.query().progress.done);
}

TEST_CASE("the FRONTIER may take its time to tell what it dropped") {
  planning of;
  of.time.freeze(frontier_process);
  caf::anon_send(of.planner, atom::cancel::value, std::string{"q"});
  of.run(2min);
  CHECK_FALSE(of.query().progress.done);
  of.time.thaw(frontier_process);
  of.run(10ms);
  CHECK(of.query().progress.done);
  of.submit("another");
  CHECK(*of.disk->query("another"));
}

TEST_CASE("the end of the FRONTIER is not the PLANNER's") {
  planning of;
  caf::anon_send_exit(of.frontier, caf::exit_reason::kill);
  of.run(10ms);
  caf::anon_send(of.planner, atom::cancel::value, std::string{"q"});
  of.run(10ms);
  of.submit("another");
  CHECK(*of.disk->query("another"));
}

TEST_CASE("what a query hands out is counted again until it can be read") {
  planning of;
  take_work(of);
  of.disk->uncounted = 3;
  of.settle({});
  of.run(2500ms);
  CHECK_FALSE(of.query().result);
  of.run(2s);
  CHECK(of.query().result);
}

TEST_CASE("others are served while it is counted what a query hands out") {
  planning of;
  take_work(of);
  of.disk->parts = 100;
  auto served_by = 0;
  of.disk->before_part = [&](int part) {
    job_query other;
    other.query_id = "other";
    other.sources = {"greenhouse"};
    other.boards = {{"greenhouse", "other", ""}};
    if (part == 10)
      caf::anon_send(of.planner, std::move(other));
    if (served_by == 0 && *of.disk->query("other"))
      served_by = part;
  };
  of.settle({});
  of.run(1s);
  CHECK(of.query().result);
  CHECK(served_by > 10);
  CHECK(served_by < 20);
}

TEST_CASE("the end of a query is written again until the disk takes it") {
  planning of;
  take_work(of);
  of.disk->failures = 3;
  of.settle({});
  of.run(2500ms);
  CHECK_FALSE(of.query().result);
  of.run(2s);
  CHECK(of.query().result);
}

TEST_CASE("a query that ended and goes on has all its time again") {
  planning of(10);
  take_work(of);
  auto dead = of.open_tasks().at(0).id;
  end_dead(of);
  of.run(5s);
  caf::anon_send(of.planner, atom::retry::value, task_name{"q", dead});
  // Beyond the end that was set for it the first time.
  of.run(6s);
  CHECK_FALSE(of.query().result);
  of.run(5s);
  CHECK(of.query().result);
}

TEST_CASE("a time that is longer than any clock runs does not end a query") {
  planning of(std::numeric_limits<std::int64_t>::max() - 1);
  of.run(1h);
  CHECK_FALSE(of.query().result);
  CHECK_FALSE(of.query().progress.done);
  CHECK(of.open_tasks().size() == 1);
  CHECK(*take_work(of) == 1);
}

TEST_CASE("a dead letter of a query that has ended is tried again once") {
  planning of;
  CHECK(*take_work(of) == 1);
  auto dead = of.open_tasks().at(0).id;
  end_dead(of);
  caf::anon_send(of.planner, atom::retry::value, task_name{"q", dead});
  of.run(1s);
  CHECK(*take_work(of, 9) == 1);
}

TEST_CASE("the FRONTIER forgets the tasks of a query that has ended") {
  planning of;
  take_work(of);
  auto known = of.open_tasks().at(0);
  of.settle({});
  of.run(1s);
  REQUIRE(of.query().result);
  caf::anon_send(of.frontier, std::vector<task>{known});
  of.run(10ms);
  CHECK(*take_work(of) == 1);
}

TEST_CASE("how a query ended is known when it is one of many that did") {
  planning of;
  take_work(of);
  of.settle({});
  of.run(1s);
  for (int i = 0; i < 2000; ++i) {
    job_query query;
    query.query_id = std::to_string(i);
    query.sources = {"greenhouse"};
    caf::anon_send(of.planner, std::move(query));
  }
  of.run(1s);
  auto ended = std::make_shared<std::string>();
  of.handles.push_back(of.time.system().spawn(
      [ended](caf::event_based_actor* self, const planner_actor& planner) {
        for (const auto* id : {"q", "1999"})
          self->request(planner, caf::infinite, atom::wait::value,
                        std::string{id})
              .then([ended](const collection_result& one) {
                *ended += one.query_id + ' ';
              });
        return caf::behavior{[](int) {}};
      },
      of.planner));
  of.run(10ms);
  CHECK(*ended == "q 1999 ");
}
