#pragma once

#include <cstddef>
#include <string_view>

namespace jobfarm::normalize {

/// True if a stop stands before a blank and belongs to no abbreviation of job
/// ads.
bool stop_ends_sentence(std::string_view text, std::size_t at);

/// True if a sentence of folded text ends with the mark at `at`: a line end or
/// such a stop. Most characters are neither.
inline bool ends_sentence(std::string_view text, std::size_t at) {
  auto c = text[at];
  return c == '\n'
         || ((c == '.' || c == '!' || c == '?')
             && stop_ends_sentence(text, at));
}

} // namespace jobfarm::normalize
