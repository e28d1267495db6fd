#pragma once

#include <cstddef>
#include <string_view>

namespace jobfarm {

/// A code point at the front of a text.
struct utf8_point {
  char32_t value = 0xFFFD;
  /// Bytes it takes; 0 if they are no UTF-8.
  std::size_t size = 0;
};

/// Reads the first code point of `text`, which is not empty: well-formed byte
/// sequences are those of table 3-7 of the Unicode Standard.
inline utf8_point first_point(std::string_view text) {
  // What a continuation byte holds; other bytes give more than its six bits.
  auto tail = [&](std::size_t i) -> char32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) ^ 0x80U : 0xFF;
  };
  char32_t lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80)
    return {lead, 1};
  auto a = tail(1);
  if (lead < 0xE0)
    return lead >= 0xC2 && a < 0x40 ? utf8_point{(lead & 0x1F) << 6 | a, 2}
                                    : utf8_point{};
  auto b = tail(2);
  if (lead < 0xF0) {
    auto value = (lead & 0xF) << 12 | a << 6 | b;
    auto is_point = (a | b) < 0x40 && value >= 0x800
                    && (value < 0xD800 || value > 0xDFFF);
    return is_point ? utf8_point{value, 3} : utf8_point{};
  }
  auto c = tail(3);
  auto value = (lead & 0x7) << 18 | a << 12 | b << 6 | c;
  auto is_point = lead < 0xF5 && (a | b | c) < 0x40 && value >= 0x10000
                  && value <= 0x10FFFF;
  return is_point ? utf8_point{value, 4} : utf8_point{};
}

} // namespace jobfarm
