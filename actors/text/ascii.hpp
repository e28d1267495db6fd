#pragma once

#include "messages/byte_block.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

/// Comparing the ASCII words of protocols and markup: names of tags, headers,
/// hosts, enumerations. For text of people see actors/text/utf8.hpp.
namespace jobfarm::text {

constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

/// Returns `c` with A-Z in lower case.
constexpr char ascii_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// Returns `text` with A-Z in lower case.
inline std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (std::size_t at = 0; at < text.size(); at += block::size) {
    auto bytes = block::lower(block::load_part(text, at));
    std::memcpy(&lower[at], &bytes, std::min(block::size, text.size() - at));
  }
  return lower;
}

/// True if the texts differ at most in the case of A-Z.
inline bool ascii_equal(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size()
         && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
              return ascii_lower(x) == ascii_lower(y);
            });
}

/// Returns `text` without `blanks`, ASCII white space if not told, at both
/// ends.
inline std::string_view
ascii_trim(std::string_view text,
           std::string_view blanks = " \t\r\n\f\v") noexcept {
  auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

} // namespace jobfarm::text
