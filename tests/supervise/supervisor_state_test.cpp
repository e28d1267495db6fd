#include "tests/support/supervisor_world.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::supervise;
using test::supervisor_world;
using log_t = supervisor_world::log;

namespace {

child_spec child(std::string id,
                 restart_kind restart = restart_kind::permanent) {
  child_spec one;
  one.id = std::move(id);
  one.factory = "any";
  one.restart = restart;
  return one;
}

std::vector<child_spec> three() {
  return {child("a"), child("b"), child("c")};
}

supervisor_flags flags(strategy how, std::int32_t intensity = 5) {
  supervisor_flags all;
  all.how = how;
  all.intensity = intensity;
  return all;
}

const exit_reason crash{exit_reason::kind::crash};

} // namespace

TEST_CASE("children start from left to right and stop from right to left") {
  supervisor_world world(flags(strategy::one_for_one), three());
  CHECK(world.happened()
        == log_t{{"started", "a"}, {"started", "b"}, {"started", "c"}});
  world.stop();
  CHECK(world.happened()
        == log_t{{"terminated", "c", "shutdown"},
                 {"terminated", "b", "shutdown"},
                 {"terminated", "a", "shutdown"}});
  CHECK(world.state().has_ended());
}

TEST_CASE("a strategy says whom the end of one child takes along") {
  auto [how, wanted] = GENERATE(table<strategy, log_t>({
      {strategy::one_for_one, {{"exited", "b", "crash"}, {"started", "b"}}},
      {strategy::rest_for_one,
       {{"exited", "b", "crash"},
        {"terminated", "c", "shutdown"},
        {"started", "b"},
        {"started", "c"}}},
      {strategy::one_for_all,
       {{"exited", "b", "crash"},
        {"terminated", "c", "shutdown"},
        {"terminated", "a", "shutdown"},
        {"started", "a"},
        {"started", "b"},
        {"started", "c"}}},
  }));
  supervisor_world world(flags(how), three());
  world.happened();
  world.exit({{"b", crash}});
  CHECK(world.happened() == wanted);
}

TEST_CASE("one restart more than the intensity within the period gives up") {
  supervisor_world world(flags(strategy::one_for_one, 1), three());
  world.exit({{"b", crash}});
  CHECK_FALSE(world.state().has_ended());
  world.exit({{"c", crash}});
  CHECK(world.state().has_ended());
  CHECK(world.reason().what == exit_reason::kind::shutdown);
}

TEST_CASE("restarts further apart than the period are borne for ever") {
  supervisor_world world(flags(strategy::one_for_one, 1), three());
  for (int i = 0; i < 10; ++i) {
    world.exit({{"b", crash}});
    world.wait(std::chrono::seconds{7});
  }
  CHECK_FALSE(world.state().has_ended());
}

TEST_CASE("a transient child stays down after a normal end only") {
  supervisor_world world(flags(strategy::one_for_one),
                         {child("a", restart_kind::transient)});
  world.exit({{"a", crash}});
  CHECK(world.state().children()[0].what == child_status::kind::running);
  world.exit({{"a", {exit_reason::kind::normal}}});
  CHECK(world.state().children()[0].what == child_status::kind::stopped);
}

TEST_CASE("a failed restart is tried again and counts") {
  supervisor_world world(flags(strategy::one_for_one, 3), three());
  world.fail_next_starts("a", 2);
  world.exit({{"a", crash}});
  CHECK_FALSE(world.state().has_ended());
  CHECK(world.pauses.size() == 2);
  world.fail_next_starts("a", 1);
  world.exit({{"a", crash}});
  CHECK(world.state().has_ended());
}

TEST_CASE("the pause before a restart doubles up to its limit") {
  auto all = flags(strategy::one_for_one, 9);
  all.backoff = {std::chrono::milliseconds{100},
                 std::chrono::milliseconds{300}};
  supervisor_world world(all, three());
  for (int i = 0; i < 4; ++i)
    world.exit({{"b", crash}});
  using ms = std::chrono::milliseconds;
  CHECK(world.pauses == std::vector<ms>{ms{100}, ms{200}, ms{300}, ms{300}});
  CHECK(world.state().children()[1].what == child_status::kind::running);
}

TEST_CASE("a child that ignores its shutdown is killed") {
  supervisor_world world(flags(strategy::one_for_one), three());
  world.ignores_shutdown("b");
  world.happened();
  CHECK(world.call({supervisor_call::kind::terminate_child, "b"}) == "ok");
  CHECK(world.happened() == log_t{{"terminated", "b", "killed"}});
}

TEST_CASE("calls about children answer in the words of OTP") {
  using kind = supervisor_call::kind;
  supervisor_world world(flags(strategy::one_for_one), three());
  CHECK(world.call({kind::delete_child, "b"}) == "running");
  CHECK(world.call({kind::restart_child, "b"}) == "running");
  CHECK(world.call({kind::terminate_child, "x"}) == "not_found");
  CHECK(world.call({kind::terminate_child, "b"}) == "ok");
  CHECK(world.call({kind::start_child, "b", child("b")}) == "already_present");
  CHECK(world.call({kind::restart_child, "b"}) == "ok");
  CHECK(world.call({kind::start_child, "b", child("b")}) == "already_started");
  CHECK(world.call({kind::start_child, "d", child("d")}) == "ok");
  CHECK(world.call({kind::terminate_child, "d"}) == "ok");
  CHECK(world.call({kind::delete_child, "d"}) == "ok");
  CHECK(world.state().children().size() == 3);
}

TEST_CASE("a child that cannot start ends the supervisor as it boots") {
  using kind = supervisor_action::kind;
  supervisor_state state(flags(strategy::one_for_one), three());
  auto now = supervisor_state::time_point{};
  auto first = state.boot(now);
  REQUIRE(first.size() == 1);
  auto second = state.started("a", first[0].life, now);
  REQUIRE(second.size() == 1);
  auto third = state.start_failed("b", second[0].life, "no room", now);
  REQUIRE(third.size() == 1);
  CHECK(third[0].what == kind::shutdown);
  CHECK(third[0].child == "a");
  auto last = state.exited("a", first[0].life, {}, now);
  REQUIRE(last.size() == 1);
  CHECK(last[0].what == kind::escalate);
  CHECK(last[0].reason.detail == "failed to start child 'b': no room");
  CHECK(state.has_ended());
}

TEST_CASE("a start that is ignored leaves its child down and goes on") {
  supervisor_state state(flags(strategy::one_for_one), three());
  auto now = supervisor_state::time_point{};
  auto first = state.boot(now);
  REQUIRE(first.size() == 1);
  auto next = state.start_ignored("a", first[0].life, now);
  REQUIRE(next.size() == 1);
  CHECK(next[0].child == "b");
  CHECK(state.children()[0].what == child_status::kind::stopped);
}

TEST_CASE("the end of significant children ends the supervisor") {
  auto all = flags(strategy::one_for_one);
  auto children = three();
  for (std::size_t i : {0u, 1u}) {
    children[i].restart = restart_kind::transient;
    children[i].is_significant = true;
  }
  auto is_any = GENERATE(true, false);
  all.auto_shutdown =
      is_any ? auto_shutdown::any_significant : auto_shutdown::all_significant;
  supervisor_world world(all, children);
  world.exit({{"a", {exit_reason::kind::normal}}});
  CHECK(world.state().has_ended() == is_any);
  world.exit({{"b", {exit_reason::kind::normal}}});
  CHECK(world.state().has_ended());
}

TEST_CASE("a supervisor that has ended still answers") {
  supervisor_world world(flags(strategy::one_for_one), three());
  world.stop();
  CHECK(world.call({supervisor_call::kind::restart_child, "a"}) == "noproc");
}

TEST_CASE("specifications are checked before anything starts") {
  auto all = flags(strategy::one_for_one);
  CHECK(validate(all, three()));
  CHECK_FALSE(validate(all, {child("a"), child("a")}));
  CHECK_FALSE(validate(all, {child("")}));
  auto nameless = child("a");
  nameless.factory.clear();
  CHECK_FALSE(validate(all, {nameless}));
  auto significant = child("a", restart_kind::transient);
  significant.is_significant = true;
  CHECK_FALSE(validate(all, {significant}));
  all.auto_shutdown = auto_shutdown::any_significant;
  CHECK(validate(all, {significant}));
  all.intensity = -1;
  CHECK_FALSE(validate(all, three()));
}
