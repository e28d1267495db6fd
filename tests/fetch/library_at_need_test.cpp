#include "actors/library_at_need.hpp"

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;
using jobfarm::library_at_need;
using jobfarm::missing_library;

TEST_CASE("a library that is missing is named with its package", "[fetch]") {
  const auto load = [] { library_at_need{"libnone.so.9", "libnone9"}; };
  CHECK_THROWS_AS(load(), missing_library);
  CHECK_THROWS_WITH(load(), Contains("libnone.so.9")
                              && Contains("install the package libnone9"));
}

TEST_CASE("a function that a library lacks is named", "[fetch]") {
  const library_at_need opened{"libc.so.6", "libc6"};
  CHECK_THROWS_WITH(
    opened.find(static_cast<void (*)()>(nullptr), "no_such_function"),
    Contains("no_such_function") && Contains("libc.so.6 is too old"));
}
