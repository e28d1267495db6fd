#include "actors/plan/frontier.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::plan;
using namespace std::chrono_literals;

namespace {

task page(const std::string& id) {
  task one;
  one.id = id;
  one.query_id = "q";
  one.host = "h";
  return one;
}

} // namespace

TEST_CASE(
    "what has ended under another lease is no task less when its query is "
    "cancelled") {
  frontier_rules rules;
  rules.lease_time = 10s;
  rules.standard = {0, 8, 8};
  frontier of(rules);
  of.add({page("a"), page("b"), page("c")});
  auto now = time_point{} + 1h;
  auto lent = of.take("w", 2, now);
  REQUIRE(lent.size() == 2);
  CHECK(of.expire(now + 10s).size() == 2);
  CHECK(of.waiting() == 3);
  // Its result has come after all.
  of.forget("q", lent[0].task.id);
  CHECK(of.cancel("q") == 2);
  CHECK(of.waiting() == 0);
  CHECK(of.take("w", 8, now + 11s).empty());
}

TEST_CASE("nothing of a query that has ended is remembered or lent again") {
  frontier_rules rules;
  rules.lease_time = 10s;
  rules.standard = {0, 8, 8};
  frontier of(rules);
  auto now = time_point{} + 1h;
  of.add({page("a"), page("b"), page("c")});
  auto first = of.take("w", 2, now);
  REQUIRE(first.size() == 2);
  CHECK(of.expire(now + 10s).size() == 2);
  auto second = of.take("w", 1, now + 10s);
  REQUIRE(second.size() == 1);
  // The results of both come after all, that of "c" as well.
  for (const auto* id : {"a", "b", "c"})
    of.forget("q", id);
  of.forget_query("q");
  CHECK(of.waiting() == 0);
  CHECK(of.worker_lost("w").size() == 1);
  CHECK(of.waiting() == 0);
  CHECK(of.lent() == 0);
  CHECK(of.take("w", 8, now + 20s).empty());
  // Its tasks are new if it is taken up again.
  CHECK(of.add({page("a"), page("b"), page("c")}) == 3);
  CHECK(of.take("w", 8, now + 20s).size() == 3);
}
