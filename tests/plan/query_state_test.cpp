#include "actors/plan/query_state.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::plan;

namespace {

/// A query of two pages, the first of which has found so many.
query_state state_of(std::int64_t limit, std::int64_t found) {
  job_query query;
  query.query_id = "q";
  query.limit = limit;
  query_plan plan;
  plan.tasks.resize(2);
  for (auto& one : plan.tasks)
    one.source = "lever";
  query_state state(query, plan);
  settlement first;
  first.source = "lever";
  first.found = found;
  first.handed_out = found;
  state.settle(first);
  return state;
}

} // namespace

TEST_CASE("a result counts what is handed out and tells when it was cut") {
  auto state = state_of(3, 5);
  REQUIRE(state.has_enough());
  state.drop(1);
  auto result = state.conclude("", 1);
  CHECK(result.total_jobs == 3);
  CHECK(result.raw_jobs == 5);
  CHECK_FALSE(result.partial);
  CHECK(found_at_cut(state.record(1)) == std::optional<std::int64_t>{5});
}

TEST_CASE("a limit that leaves nothing out cuts nothing") {
  for (std::int64_t limit : {0, 5, 6}) {
    auto state = state_of(limit, 5);
    settlement last;
    last.source = "lever";
    state.settle(last);
    CHECK(state.conclude("", 1).total_jobs == 5);
    CHECK_FALSE(found_at_cut(state.record(1)));
  }
  // As many as were wanted, but there is a page that was not read.
  CHECK(found_at_cut(state_of(5, 5).record(1)));
  CHECK_FALSE(found_at_cut(state_of(6, 5).record(1)));
}

TEST_CASE("a source that waits when its query ends tells what for") {
  auto state = state_of(0, 5);
  settlement refused;
  refused.source = "lever";
  refused.is_done = false;
  refused.attempts = 2;
  refused.failed = fail(errc::rate_limited, "429");
  state.settle(refused);
  // Its host rests: that is no other reason.
  refused.failed = fail(errc::budget_exceeded, "rests");
  refused.failed->retry_after_s = 5;
  state.settle(refused);
  state.drop(1);
  auto result = state.conclude("", 1);
  REQUIRE(result.errors.size() == 1);
  CHECK(result.errors[0].code == errc::rate_limited);
  CHECK(result.errors[0].message == "429");
  CHECK(result.errors[0].attempts == 2);
  // One that was had after it shows that it waits no longer.
  auto other = state_of(0, 5);
  other.settle(refused);
  settlement had;
  had.source = "lever";
  other.settle(had);
  CHECK_FALSE(other.conclude("", 1).partial);
}
