#include "messages/json_repair.hpp"

#include <algorithm>
#include <charconv>

namespace jobfarm::json {

namespace {

constexpr std::size_t escape_bytes = 6; // \uXXXX

/// The value of a `\uXXXX` at `at`; 0 if none is there.
unsigned escape_at(std::string_view text, std::size_t at) {
  if (at + escape_bytes > text.size() || text[at] != '\\'
      || text[at + 1] != 'u')
    return 0;
  unsigned value = 0;
  auto end = text.data() + at + escape_bytes;
  auto read = std::from_chars(end - 4, end, value, 16);
  return read.ptr == end ? value : 0;
}

bool is_high(unsigned value) {
  return value >= 0xD800 && value < 0xDC00;
}

bool is_low(unsigned value) {
  return value >= 0xDC00 && value < 0xE000;
}

} // namespace

std::string repair_surrogates(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    auto plain = std::min(text.find('\\', at), text.size());
    out.append(text, at, plain - at);
    at = plain;
    auto value = escape_at(text, at);
    auto is_pair = is_high(value) && is_low(escape_at(text, at + escape_bytes));
    auto is_half = !is_pair && (is_high(value) || is_low(value));
    auto size = is_pair ? 2 * escape_bytes : value != 0 ? escape_bytes : 2;
    if (is_half)
      out += "\\uFFFD";
    else
      out.append(text, at, std::min(size, text.size() - at));
    at = std::min(at + size, text.size());
  }
  return out;
}

} // namespace jobfarm::json
