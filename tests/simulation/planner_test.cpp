#include "actors/plan/frontier_actor.hpp"
#include "actors/plan/planner_actor.hpp"
#include "actors/store/memory_store.hpp"
#include "tests/simulation/virtual_time.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::simulation;
using namespace std::chrono_literals;

// The PLANNER beside a FRONTIER and a disk that may say no.

namespace {

/// Fails as often as it is told to.
struct moody_store : store::memory_store {
  int failures = 0;

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
  return {[disk](const store::shared_batch& changes)
              -> caf::result<atom::done> {
    if (auto done = disk->commit(*changes); !done)
      return caf::make_error(caf::sec::runtime_error);
    return atom::done::value;
  }};
}

struct planning {
  planning() {
    auto& system = time.system();
    auto store = system.spawn(writer, disk);
    frontier_config rules;
    rules.rules.standard = {0, 8, 8};
    frontier = system.spawn(jobfarm::frontier, rules);
    planner = system.spawn(jobfarm::planner,
                           planner_config{{}, disk}, store, frontier,
                           wall_clock{time.now(), 1'790'000'000});
    handles = {caf::actor_cast<caf::actor>(store),
               caf::actor_cast<caf::actor>(frontier),
               caf::actor_cast<caf::actor>(planner)};
    job_query query;
    query.query_id = "q";
    query.sources = {"greenhouse"};
    query.boards = {{"greenhouse", "acme", ""}};
    caf::anon_send(planner, std::move(query));
    run(10ms);
  }
  ~planning() {
    for (const auto& one : handles)
      caf::anon_send_exit(one, caf::exit_reason::kill);
  }

  void run(duration length) {
    auto end = time.now() + length;
    while (time.step(end)) {
    }
  }

  std::vector<task> open_tasks() const {
    std::vector<task> all;
    (void) disk->scan_tasks("q", task_state::ready, [&](const auto& one) {
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

/// Lends itself the one task there is.
void take_work(planning& of) {
  of.handles.push_back(of.time.system().spawn(
      [](caf::event_based_actor* self, const frontier_actor& frontier) {
        self->send(frontier, work_request{"w", 1});
        return caf::behavior{[](const work_granted&) {}};
      },
      of.frontier));
  of.run(10ms);
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
