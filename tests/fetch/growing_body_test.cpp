#include "actors/fetch/growing_body.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <string>

using namespace jobfarm::fetch;

TEST_CASE("bodies under way are bounded together: the largest is given up") {
  body_budget budget(100);
  growing_body small(budget);
  growing_body large(budget);
  CHECK(small.append(std::string(30, 's')));
  CHECK(large.append(std::string(60, 'l')));
  CHECK(budget.bytes() == 90);
  CHECK(small.append(std::string(20, 's')));
  CHECK(large.is_given_up());
  CHECK_FALSE(large.append("l"));
  CHECK(budget.bytes() == 50);
  CHECK(small.take() == std::string(50, 's'));
  CHECK(budget.bytes() == 0);
  large.restart();
  CHECK(large.append("again"));
  CHECK(large.take() == "again");
}

TEST_CASE("who asks for too much gives itself up") {
  body_budget budget(100);
  growing_body other(budget);
  CHECK(other.append(std::string(10, 'o')));
  {
    growing_body greedy(budget);
    CHECK(greedy.append(std::string(80, 'g')));
    CHECK_FALSE(greedy.append(std::string(80, 'g')));
    CHECK(budget.bytes() == 10);
    greedy.restart(std::string(500, 'r'));
    CHECK(greedy.append("g"));
    CHECK(budget.bytes() == 11);
  }
  CHECK(budget.bytes() == 10);
}
