#include "actors/supervise/supervisor_actor.hpp"

#include "actors/errors.hpp"

#include <caf/scheduler/test_coordinator.hpp>
#include <catch2/catch.hpp>

#include <map>
#include <string>
#include <vector>

// Real actors under a supervisor, one thread, a clock turned by hand.

using namespace jobfarm;
using namespace jobfarm::supervise;
using namespace std::chrono_literals;

namespace {

using crash_atom = caf::atom_constant<caf::atom("crash")>;
using leave_atom = caf::atom_constant<caf::atom("leave")>;

/// A child that ends as it is told; a stubborn one does not hear `shutdown`.
caf::behavior child(caf::event_based_actor* self, bool is_stubborn) {
  if (is_stubborn)
    self->set_exit_handler([](const caf::exit_msg&) {});
  return {
      [=](crash_atom) {
        self->quit(to_error(fail(errc::internal, "broken")));
      },
      [=](leave_atom) { self->quit(); },
  };
}

child_spec spec(const std::string& id,
                restart_kind restart = restart_kind::permanent) {
  child_spec made;
  made.id = id;
  made.factory = "plain";
  made.restart = restart;
  return made;
}

struct virtual_time : caf::actor_system_config {
  virtual_time() {
    set("scheduler.policy", caf::atom("testing"));
  }
};

struct world {
  ~world() {
    if (root)
      caf::anon_send_exit(root, caf::exit_reason::kill);
    alive.clear();
    root = nullptr;
    scheduler.run();
  }

  factory_table factories() {
    auto made = [this](bool is_stubborn) {
      return [this, is_stubborn](caf::actor_system& sys,
                                 const child_spec& what)
                 -> expected<caf::actor> {
        if (failing[what.id] > 0 && failing[what.id]-- > 0)
          return fail(errc::store_failed, "cannot start");
        log.push_back("+" + what.id);
        return alive[what.id] = sys.spawn(child, is_stubborn);
      };
    };
    return {{"plain", made(false)}, {"stubborn", made(true)}};
  }

  void start(supervisor_flags flags, std::vector<child_spec> children,
             factory_table more = {}) {
    supervisor_config how;
    how.flags = flags;
    how.children = std::move(children);
    how.factories = factories();
    how.factories.merge(more);
    how.on_child_down = [this](const std::string& id, const caf::error&) {
      log.push_back("-" + id);
    };
    how.on_end = [this](const caf::error& why) {
      ended = true;
      cause = why;
    };
    REQUIRE(validate(how.flags, how.children));
    root = system.spawn(supervisor, std::move(how));
    scheduler.run();
  }

  void crash(const std::string& id) {
    caf::anon_send(alive[id], crash_atom::value);
    scheduler.run();
  }

  void wait(std::chrono::milliseconds time) {
    scheduler.advance_time(time);
    scheduler.run();
  }

  std::vector<std::string> heard() {
    return std::exchange(log, {});
  }

  virtual_time with;
  caf::actor_system system{with};
  caf::scheduler::test_coordinator& scheduler =
      dynamic_cast<caf::scheduler::test_coordinator&>(system.scheduler());
  std::map<std::string, caf::actor> alive;
  std::map<std::string, int> failing;
  std::vector<std::string> log;
  caf::actor root;
  bool ended = false;
  caf::error cause;
};

using lines = std::vector<std::string>;

} // namespace

TEST_CASE("a child that dies is started again, its siblings run on") {
  world w;
  w.start({}, {spec("a"), spec("b"), spec("c")});
  CHECK(w.heard() == lines{"+a", "+b", "+c"});
  w.crash("b");
  CHECK(w.heard() == lines{"-b", "+b"});
}

TEST_CASE("rest_for_one takes along what was started after") {
  world w;
  w.start({strategy::rest_for_one}, {spec("a"), spec("b"), spec("c")});
  w.heard();
  w.crash("b");
  CHECK(w.heard() == lines{"-b", "-c", "+b", "+c"});
}

TEST_CASE("a transient child that leaves stays away") {
  world w;
  w.start({}, {spec("a", restart_kind::transient)});
  w.heard();
  caf::anon_send(w.alive["a"], leave_atom::value);
  w.scheduler.run();
  CHECK(w.heard() == lines{"-a"});
  CHECK_FALSE(w.ended);
}

TEST_CASE("one restart too many ends the supervisor and says why") {
  world w;
  w.start({strategy::one_for_one, 2, 5s}, {spec("a"), spec("b")});
  w.heard();
  w.crash("b");
  w.crash("b");
  CHECK_FALSE(w.ended);
  w.crash("b");
  CHECK(w.ended);
  CHECK(from_error(w.cause).detail == "broken");
  CHECK(w.heard() == lines{"-b", "+b", "-b", "+b", "-b", "-a"});
}

TEST_CASE("restarts are forgotten after the period") {
  world w;
  w.start({strategy::one_for_one, 1, 5s}, {spec("a")});
  for (int i = 0; i < 5; ++i) {
    w.crash("a");
    w.wait(7s);
  }
  CHECK_FALSE(w.ended);
}

TEST_CASE("asked to end, it stops its children from right to left") {
  world w;
  w.start({}, {spec("a"), spec("b"), spec("c")});
  w.heard();
  caf::anon_send_exit(w.root, caf::exit_reason::user_shutdown);
  w.scheduler.run();
  CHECK(w.heard() == lines{"-c", "-b", "-a"});
  CHECK(w.ended);
  CHECK_FALSE(w.cause);
}

TEST_CASE("a child that does not hear is killed when its time is over") {
  world w;
  auto stubborn = spec("b");
  stubborn.factory = "stubborn";
  stubborn.shutdown.limit = 300ms;
  w.start({}, {spec("a"), stubborn});
  w.heard();
  caf::anon_send_exit(w.root, caf::exit_reason::user_shutdown);
  w.scheduler.run();
  w.wait(299ms);
  CHECK(w.heard().empty());
  w.wait(1ms);
  CHECK(w.heard() == lines{"-b", "-a"});
  CHECK(w.ended);
}

TEST_CASE("pauses between restarts double") {
  world w;
  supervisor_flags flags{strategy::one_for_one, 10, 60s};
  flags.backoff.first = 100ms;
  w.start(flags, {spec("a")});
  w.heard();
  for (auto pause : {100ms, 200ms, 400ms}) {
    w.crash("a");
    w.wait(pause - 1ms);
    CHECK(w.heard() == lines{"-a"});
    w.wait(1ms);
    CHECK(w.heard() == lines{"+a"});
  }
}

TEST_CASE("a start that fails is tried again, and counted") {
  world w;
  w.start({strategy::one_for_one, 3, 5s}, {spec("a")});
  w.heard();
  w.failing["a"] = 2;
  w.crash("a");
  CHECK(w.heard() == lines{"-a", "+a"});
  w.wait(7s);
  w.failing["a"] = 9;
  w.crash("a");
  CHECK(w.ended);
  CHECK(from_error(w.cause).code == errc::store_failed);
}

TEST_CASE("a first start that fails ends it before it has begun") {
  world w;
  w.failing["b"] = 1;
  w.start({}, {spec("a"), spec("b")});
  CHECK(w.ended);
  CHECK(w.heard() == lines{"+a", "-a"});
  CHECK(from_error(w.cause).detail == "cannot start");
}

TEST_CASE("a factory that nobody has is told by its name") {
  world w;
  auto odd = spec("a");
  odd.factory = "nobody's";
  w.start({}, {odd});
  CHECK(w.ended);
}

TEST_CASE("children end with a supervisor that is killed") {
  world w;
  w.start({}, {spec("a")});
  auto address = w.alive["a"].address();
  caf::anon_send_exit(w.root, caf::exit_reason::kill);
  w.scheduler.run();
  w.alive.clear();
  CHECK_FALSE(caf::actor_cast<caf::actor>(address));
}

TEST_CASE("a supervisor under a supervisor gives up to it") {
  world w;
  auto nested = spec("inner");
  nested.factory = "nested";
  nested.type = child_type::supervisor;
  nested.shutdown = {shutdown_rule::kind::infinity};
  factory_table more;
  more["nested"] = [&](caf::actor_system& sys, const child_spec&)
      -> expected<caf::actor> {
    supervisor_config inner;
    inner.children = {spec("leaf")};
    inner.flags.intensity = 0;
    inner.factories = w.factories();
    return sys.spawn(supervisor, std::move(inner));
  };
  w.start({}, {spec("a"), nested}, more);
  CHECK(w.heard() == lines{"+a", "+leaf"});
  w.crash("leaf");
  CHECK(w.heard() == lines{"-inner", "+leaf"});
  CHECK_FALSE(w.ended);
}
