#include "tests/normalize/worst_texts.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace jobfarm::test;

// Looks at the clock: a text sixteen times as long may take sixty times as
// long, as a quadratic reader's would not.
TEST_CASE("no text makes a reader's time grow faster than its size") {
  constexpr std::size_t small = 1 << 14;
  constexpr std::size_t growth = 16;
  constexpr double most_growth = 60;
  // Below that a clock tells nothing.
  constexpr double least_seconds = 0.02;
  for (const auto& text : worst_texts()) {
    auto short_text = text.make(small);
    auto long_text = text.make(small * growth);
    for (const auto& reader : text_readers()) {
      auto before = seconds_of(reader, short_text);
      auto after = seconds_of(reader, long_text);
      INFO(std::string{reader.name} << ": " << text.name << ", " << before
                                    << " s, then " << after << " s");
      CHECK((after < least_seconds || after < before * most_growth));
    }
  }
}
