#pragma once

#include "actors/normalize/pay_words.hpp"

#include <string_view>

// What the parts of a pay context ask of words and marks.

namespace jobfarm::normalize {

/// True if `set` has `c`.
inline bool is_one_of(std::string_view set, char c) {
  for (char one : set)
    if (one == c)
      return true;
  return false;
}

/// True for words that say it is pay.
inline bool is_pay(pay_word kind) {
  return kind == pay_word::cue || kind == pay_word::total;
}

/// True for words that name what time a pay is for: "per hour", "p.a.".
inline bool is_period(pay_word kind) {
  return kind >= pay_word::hour;
}

/// How far behind an amount a word tells of it.
constexpr std::size_t trap_reach_after = 44;

/// Without `marks` at both ends.
inline std::string_view stripped(std::string_view text,
                                 std::string_view marks) {
  while (!text.empty() && is_one_of(marks, text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_one_of(marks, text.back()))
    text.remove_suffix(1);
  return text;
}

/// Of two words with the same end the longer one speaks.
inline const pay_hit* nearer(const pay_hit* best, const pay_hit& one) {
  if (best == nullptr || one.end > best->end
      || (one.end == best->end && one.begin < best->begin))
    return &one;
  return best;
}

} // namespace jobfarm::normalize
