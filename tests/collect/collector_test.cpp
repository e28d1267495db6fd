#include "actors/collect/collector_actor.hpp"

#include <caf/scheduler/test_coordinator.hpp>
#include <catch2/catch.hpp>

#include <chrono>
#include <functional>
#include <utility>
#include <vector>

// A collector between a fetcher that answers when it is told to and a sink that
// may not; one thread, a clock that is turned by hand.

using namespace jobfarm;
using namespace std::chrono_literals;

namespace {

struct virtual_time : caf::actor_system_config {
  virtual_time() {
    set("scheduler.policy", caf::atom("testing"));
  }
};

struct world {
  explicit world(plan::source_settings_map sources = {}) {
    partners.frontier = system.spawn(
        [this](work_source_actor::pointer) -> work_source_actor::behavior_type {
          return {
              [this](const work_request& wanted) { credit += wanted.credit; },
              [](const work_renewal&) {}};
        });
    partners.fetcher = system.spawn(
        [this](fetcher_actor::pointer self) -> fetcher_actor::behavior_type {
          return {[this, self](const fetch_request& request) {
            asked = fetch_reply{self};
            route = request.route;
            return caf::result<fetch_result>{caf::delegated<fetch_result>{}};
          }};
        });
    partners.ingest = system.spawn([this](outcome_sink_actor::pointer self)
                                       -> outcome_sink_actor::behavior_type {
      return {[this, self](finished_task& outcome) {
        finished.push_back(std::move(outcome));
        return acknowledges ? caf::result<atom::done>{atom::done::value}
                            : self->make_response_promise<atom::done>();
      }};
    });
    collector_config settings;
    settings.fetch_timeout = 20s;
    settings.hand_in_timeout = 1min;
    settings.renewal = 8s;
    settings.reader = "this program";
    settings.sources = std::move(sources);
    one = system.spawn(collector, std::move(settings), partners,
                       wall_clock{system.clock().now(), 0});
    watcher = system.spawn([this](caf::event_based_actor* self) {
      self->monitor(one);
      self->set_down_handler(
          [this](const caf::down_msg& down) { end = down.reason; });
      return caf::behavior{[](caf::ok_atom) {}};
    });
    scheduler.run();
  }

  ~world() {
    caf::anon_send_exit(one, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(watcher, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(partners.frontier, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(partners.fetcher, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(partners.ingest, caf::exit_reason::user_shutdown);
    scheduler.run();
  }

  /// A page that `reader` has read, if any.
  void lend(std::int64_t lease, const std::string& reader = "") {
    plan::lease lent;
    if (!reader.empty())
      lent.task.known = page_version{"\"1\"", "", reader};
    lent.id = lease;
    lent.task.id = "t";
    lent.task.source = "greenhouse";
    lent.task.host = "jobs.example";
    caf::anon_send(one, work_granted{{lent}});
    scheduler.run();
  }

  /// The page that was asked for: it is not there, or what is said of it.
  void answer(std::int32_t status = 404) {
    fetch::http_response response;
    response.status = status;
    asked.send(std::move(response));
    scheduler.run();
  }

  void pass(std::chrono::seconds time) {
    for (; time.count() > 0; --time) {
      scheduler.advance_time(1s);
      scheduler.run();
    }
  }

  virtual_time config;
  caf::actor_system system{config};
  caf::scheduler::test_coordinator& scheduler =
      dynamic_cast<caf::scheduler::test_coordinator&>(system.scheduler());
  std::size_t credit = 0;
  fetch_reply asked;
  fetch::fetch_route route;
  bool acknowledges = true;
  std::vector<finished_task> finished;
  caf::error end;
  collector_partners partners;
  collector_actor one;
  caf::actor watcher;
};

} // namespace

TEST_CASE("a page that does not come has failed when its time is over") {
  world w;
  w.lend(7);
  w.pass(20s);
  CHECK(w.finished.empty());
  w.pass(8s);
  REQUIRE(w.finished.size() == 1);
  CHECK(w.finished[0].outcome.lease == 7);
  CHECK(w.finished[0].task.id == "t");
  REQUIRE(w.finished[0].outcome.failed);
  CHECK(w.finished[0].outcome.failed->code == errc::timeout);
}

TEST_CASE("a page that comes after its time changes nothing") {
  world w;
  w.lend(7);
  w.pass(28s);
  CHECK(w.finished.size() == 1);
  w.answer();
  CHECK(w.finished.size() == 1);
  CHECK(w.credit == 9);
  CHECK_FALSE(w.end);
}

TEST_CASE("a page in time is not given up later") {
  world w;
  w.lend(7);
  w.pass(19s);
  w.answer();
  w.pass(90s);
  REQUIRE(w.finished.size() == 1);
  CHECK(w.finished[0].outcome.failed->code == errc::not_found);
  CHECK(w.credit == 9);
  CHECK_FALSE(w.end);
}

TEST_CASE("a collector whose outcome nobody takes ends") {
  world w;
  w.acknowledges = false;
  w.lend(7);
  w.answer();
  w.pass(60s);
  CHECK_FALSE(w.end);
  w.pass(8s);
  CHECK(w.end == caf::sec::request_timeout);
}

TEST_CASE("a page that this program has read, and that is what it was, is not "
          "read again") {
  world w;
  w.lend(7, "this program");
  REQUIRE(w.route.known);
  CHECK(w.route.known->etag == "\"1\"");
  w.answer(304);
  REQUIRE(w.finished.size() == 1);
  CHECK(w.finished[0].outcome.is_unchanged);
  CHECK_FALSE(w.finished[0].outcome.failed);
}

TEST_CASE("of a page that is always loaded by a browser no version is known") {
  plan::source_settings_map sources;
  sources["greenhouse"].uses_browser = true;
  world w(std::move(sources));
  w.lend(7, "this program");
  CHECK(w.route.by_browser);
  CHECK_FALSE(w.route.known);
}

TEST_CASE("a page that another program has read is read again") {
  world w;
  w.lend(7, "another program");
  CHECK_FALSE(w.route.known);
  // Nobody asked whether it is what it was.
  w.answer(304);
  REQUIRE(w.finished.size() == 1);
  CHECK_FALSE(w.finished[0].outcome.is_unchanged);
  CHECK(w.finished[0].outcome.failed);
}
