#pragma once

#include "actors/dedupe/description_reader.hpp"
#include "actors/dedupe/sketch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jobfarm::dedupe {

/// What is kept of a description until it is compared with others.
struct text_print {
  /// As in `text_reading`.
  std::uint64_t letters = 0;
  /// 3-grams, as often as they come.
  std::uint32_t shingles = 0;
  /// Of their hashes: texts that have the same ones have the same sum, others
  /// once in 2^64.
  std::uint64_t sum = 0;
  /// Of no meaning where there are none.
  sketch least{};
};

text_print print_of(const text_reading& text);

/// Linear.
text_print print_of(std::string_view text);

/// Keeps the prints of the texts that came last: a board shows one text for
/// many places. Tells them by 64 bits of hash.
class recent_prints {
public:
  /// Valid until the next call. Linear.
  const text_print& of(std::string_view text);

private:
  static constexpr std::size_t most = 64;

  std::array<std::uint64_t, most> hashes_{};
  std::array<text_print, most> prints_{};
  /// The oldest one.
  std::size_t next_ = 0;
};

} // namespace jobfarm::dedupe
