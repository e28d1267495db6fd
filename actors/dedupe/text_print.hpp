#pragma once

#include "actors/dedupe/shingles.hpp"
#include "actors/dedupe/sketch.hpp"

#include <cstdint>
#include <string_view>

namespace jobfarm::dedupe {

/// What is kept of a description until it is compared with others.
struct text_print {
  /// As in `text_reading`.
  std::uint64_t letters = 0;
  /// 3-grams, as often as they come.
  std::uint32_t shingles = 0;
  /// Of no meaning where there are none.
  sketch least{};
};

text_print print_of(const text_reading& text);

/// Linear.
text_print print_of(std::string_view text);

} // namespace jobfarm::dedupe
