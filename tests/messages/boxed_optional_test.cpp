#include "messages/boxed_optional.hpp"
#include "messages/task.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>

using jobfarm::boxed_optional;

TEST_CASE("a boxed optional has a value of its own or none", "[messages]") {
  boxed_optional<std::string> none;
  CHECK_FALSE(none);
  CHECK_FALSE(none.has_value());

  boxed_optional<std::string> one{std::string{"a"}};
  auto copy = one;
  *copy += "b";
  CHECK(*one == "a");
  CHECK(copy->size() == 2);

  auto moved = std::move(copy);
  CHECK(*moved == "ab");
  moved = one;
  CHECK(*moved == "a");
  moved = none;
  CHECK_FALSE(moved);
  none.emplace(3U, 'c');
  CHECK(*none == "ccc");
  none.reset();
  CHECK_FALSE(none);
}

TEST_CASE("a boxed optional is that of an optional", "[messages]") {
  CHECK_FALSE(boxed_optional<int>{std::optional<int>{}});
  CHECK(*boxed_optional<int>{std::optional<int>{7}} == 7);
}

TEST_CASE("a task that waits takes little room", "[messages]") {
  // A million wait in a coordinator's queues; the listed posting alone had 640.
  CHECK(sizeof(jobfarm::task) <= 512);
}
