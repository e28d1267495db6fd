#include "actors/text/percent.hpp"

#include "actors/text/ascii.hpp"

#include <optional>

namespace jobfarm::text {

namespace {

/// The byte that is encoded at `at`.
std::optional<char> encoded_at(std::string_view text, std::size_t at) {
  if (text[at] != '%' || text.size() - at < 3)
    return std::nullopt;
  auto high = hex_value(text[at + 1]);
  auto low = hex_value(text[at + 2]);
  if (high < 0 || low < 0)
    return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

} // namespace

int hex_value(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  auto l = ascii_lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

void append_encoded(std::string& out, char c) {
  constexpr char digits[] = "0123456789ABCDEF";
  auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += digits[byte >> 4];
  out += digits[byte & 15];
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = encoded_at(text, i);
    out += byte.value_or(text[i]);
    i += byte ? 2 : 0;
  }
  return out;
}

std::string normal_encoding(std::string_view text, bool (*may_stand)(char)) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = text[i] == '%' ? encoded_at(text, i) : std::nullopt;
    auto c = byte.value_or(text[i]);
    i += byte ? 2 : 0;
    if (byte ? is_unreserved(c) : may_stand(c))
      out += c;
    else
      append_encoded(out, c);
  }
  return out;
}

} // namespace jobfarm::text
