#pragma once

#include "actors/dedupe/kept_room.hpp"
#include "actors/dedupe/lower_words.hpp"
#include "actors/dedupe/shingles.hpp"
#include "actors/text/folded_text.hpp"

#include <cstdint>
#include <string_view>

namespace jobfarm::dedupe {

/// What tells a description from others.
struct text_reading {
  shingle_list shingles;
  /// Hash of the letters and digits of its words, lower-cased, one after the
  /// other: what is left when layout, punctuation and case are taken away. 0 if
  /// there are none.
  std::uint64_t letters = 0;
};

/// Reads descriptions, each once for all of it, one after the other in the same
/// room.
class description_reader {
public:
  /// Valid until the next one. Linear.
  text_reading read(std::string_view text) {
    words_.take(text);
    return read_words();
  }

  /// The same of one that was folded; cheaper.
  text_reading read(const text::folded_text& text) {
    words_.take(text);
    return read_words();
  }

private:
  text_reading read_words();

  lower_words words_;
  kept_room<std::uint64_t> runs_;
  kept_room<char> letters_;
};

} // namespace jobfarm::dedupe
