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
