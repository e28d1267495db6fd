#include "actors/plan/planner.hpp"
#include "actors/plan/query_match.hpp"

#include <catch2/catch.hpp>

#include <chrono>

using namespace jobfarm;
using namespace jobfarm::plan;
using namespace std::chrono_literals;

namespace {

/// A search that fills the largest request body: all the boards of companies
/// that are all named, too.
job_query crowded(int boards, int companies) {
  job_query query;
  query.query_id = "q";
  query.sources = {"greenhouse"};
  for (int i = 0; i < boards; ++i)
    query.boards.push_back({"greenhouse", "b" + std::to_string(i), ""});
  for (int i = companies; i-- > 0;)
    query.companies.push_back("B" + std::to_string(i));
  return query;
}

} // namespace

TEST_CASE(
    "boards are planned if their token or company is named, however it is "
    "written") {
  auto query = crowded(3, 1);
  query.boards[2].company = "Acme";
  query.companies.emplace_back("ACME");
  auto plan = plan_query(query, {});
  REQUIRE(plan.tasks.size() == 2);
  CHECK(plan.tasks[0].board == "b0");
  CHECK(plan.tasks[1].board == "b2");
  query.companies = {"nobody"};
  CHECK(plan_query(query, {}).tasks.empty());
}

TEST_CASE("a search with many boards and many companies is planned at once") {
  auto query = crowded(10'000, 50'000);
  auto begin = std::chrono::steady_clock::now();
  CHECK(plan_query(query, {}).tasks.size() == 10'000);
  job_posting posting;
  posting.company = "B0";
  query_match match(query, 0, nullptr);
  for (int i = 0; i < 10'000; ++i)
    REQUIRE(match(posting));
  CHECK(std::chrono::steady_clock::now() - begin < 5s);
}
