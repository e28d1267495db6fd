#include "nodes/crew.hpp"

#include <caf/scheduler/test_coordinator.hpp>
#include <catch2/catch.hpp>

#include <string>
#include <vector>

// A crew between a source and a sink that only listen; one thread, no clock.

using namespace jobfarm;
using namespace jobfarm::nodes;

namespace {

struct virtual_time : caf::actor_system_config {
  virtual_time() {
    set("scheduler.policy", caf::atom("testing"));
  }
};

struct world {
  explicit world(std::shared_ptr<watch::fail_points> faults = nullptr) {
    auto* names = &asked;
    source = system.spawn([names]() -> work_source_actor::behavior_type {
      return {[names](const work_request& one) {
                names->push_back(one.worker);
              },
              [](const work_renewal&) {}};
    });
    sink = system.spawn([]() -> outcome_sink_actor::behavior_type {
      return {[](const finished_task&) { return atom::done::value; }};
    });
    crew_options options;
    options.node = "w";
    options.workers = 2;
    options.faults = std::move(faults);
    auto made = make_crew(options, source, sink, nullptr, clock_of(system),
                          [this](const caf::error& why) {
                            causes.push_back(to_string(why));
                          });
    REQUIRE(made);
    roster = made->roster;
    root = system.spawn(supervisor, std::move(made->supervisor));
    scheduler.run();
  }

  ~world() {
    caf::anon_send_exit(root, caf::exit_reason::user_shutdown);
    scheduler.run();
    roster = nullptr;
    caf::anon_send_exit(source, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(sink, caf::exit_reason::user_shutdown);
    scheduler.run();
  }

  template <class Handle>
  void kill(const Handle& one) {
    caf::anon_send_exit(one, caf::exit_reason::kill);
    scheduler.run();
  }

  std::vector<std::string> heard() {
    return std::exchange(asked, {});
  }

  virtual_time config;
  caf::actor_system system{config};
  caf::scheduler::test_coordinator& scheduler =
      dynamic_cast<caf::scheduler::test_coordinator&>(system.scheduler());
  std::vector<std::string> asked;
  std::vector<std::string> causes;
  work_source_actor source;
  outcome_sink_actor sink;
  std::shared_ptr<crew_roster> roster;
  caf::actor root;
};

using names = std::vector<std::string>;

} // namespace

TEST_CASE("a crew is planned as data, those who are needed first") {
  auto crew = plan_crew(2);
  REQUIRE(crew.size() == 5);
  CHECK(crew[0].id == "fetcher");
  CHECK(crew[2].id == "normalizer-2");
  CHECK(crew[3].type == supervise::child_type::supervisor);
  auto collectors = plan_collectors(3);
  CHECK(collectors.size() == 3);
  CHECK(collectors[2].restart == supervise::restart_kind::transient);
  CHECK(supervise::validate({}, crew));
  CHECK(supervise::validate({}, collectors));
}

TEST_CASE("collectors ask for work; with a new fetcher new ones do") {
  world w;
  CHECK(w.heard() == names{"w-1", "w-2"});
  auto first = w.roster->fetcher();
  w.kill(first);
  CHECK(w.roster->fetcher() != first);
  CHECK(w.heard() == names{"w-3", "w-4"});
  CHECK(w.roster->working() == 2);
}

TEST_CASE("with a normalizer that dies the fetcher runs on") {
  world w;
  w.heard();
  auto fetcher = w.roster->fetcher();
  auto before = w.roster->normalizers();
  w.kill(before[0]);
  CHECK(w.roster->fetcher() == fetcher);
  CHECK(w.roster->normalizers()[0] != before[0]);
  CHECK(w.roster->normalizers().size() == before.size());
  CHECK(w.heard() == names{"w-3", "w-4"});
}

TEST_CASE("collectors that drain leave, and nobody takes their place") {
  world w;
  w.heard();
  w.roster->drain();
  w.scheduler.run();
  CHECK(w.roster->working() == 0);
  CHECK(w.heard().empty());
  CHECK(w.causes.empty());
}

TEST_CASE("who has left does not come back with a new fetcher") {
  world w;
  w.roster->drain();
  w.scheduler.run();
  w.heard();
  w.kill(w.roster->fetcher());
  CHECK(w.roster->working() == 0);
  CHECK(w.heard().empty());
}

TEST_CASE("a crew whose fetcher dies again and again gives up, with the cause") {
  world w;
  for (int i = 0; i < 4; ++i)
    w.kill(w.roster->fetcher());
  REQUIRE_FALSE(w.causes.empty());
  CHECK(w.causes.back().find("kill") != std::string::npos);
}

TEST_CASE("a collector that hangs is found, and another takes its place") {
  auto faults = std::make_shared<watch::fail_points>(true);
  watch::armed_fault hang;
  hang.point = "collector.page";
  hang.effect = watch::fault_effect::hang;
  hang.times = 1;
  REQUIRE(faults->arm(hang));
  world w(faults);
  w.heard();
  auto before = w.roster->collectors();
  caf::anon_send(before[0], work_granted{{plan::lease{}}});
  w.scheduler.run();
  auto pass = [&w](std::chrono::seconds time) {
    for (; time.count() > 0; --time) {
      w.scheduler.advance_time(std::chrono::seconds{1});
      w.scheduler.run();
    }
  };
  pass(std::chrono::seconds{34});
  CHECK(w.roster->collectors() == before);
  pass(std::chrono::seconds{2});
  CHECK(w.roster->collectors()[0] != before[0]);
  CHECK(w.roster->collectors()[1] == before[1]);
  CHECK(w.heard() == names{"w-3"});
  CHECK(w.causes.empty());
}
