#include "actors/text/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace jobfarm::text {

namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
}

/// Takes one code point off `rest`, U+FFFD for a byte that is none.
char32_t take(std::string_view& rest) {
  utf8proc_int32_t point = 0;
  auto length =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(rest.data()),
                       static_cast<utf8proc_ssize_t>(rest.size()), &point);
  if (length <= 0) {
    rest.remove_prefix(1);
    return 0xFFFD;
  }
  rest.remove_prefix(static_cast<std::size_t>(length));
  return static_cast<char32_t>(point);
}

void append(std::string& out, char32_t point) {
  utf8proc_uint8_t bytes[4];
  auto length =
      utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes);
  out.append(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(length));
}

std::string map(std::string_view text, int options) {
  auto repaired = repair_utf8(text);
  utf8proc_uint8_t* mapped = nullptr;
  auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(repaired.data()),
                   static_cast<utf8proc_ssize_t>(repaired.size()), &mapped,
                   static_cast<utf8proc_option_t>(options));
  std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped,
                                                                &std::free);
  if (size < 0)
    return repaired;
  return {reinterpret_cast<char*>(mapped), static_cast<std::size_t>(size)};
}

std::string lower_ascii(std::string_view text) {
  std::string out{text};
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool is_space(char32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0
         || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028
         || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/// Zero-width and direction marks: nothing a reader sees.
bool is_invisible(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F)
         || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064)
         || c == 0xFEFF;
}

/// Letters whose base form is not a decomposition.
std::string_view base_letter(char32_t c) {
  switch (c) {
    case 0xF8: return "o";
    case 0x142: return "l";
    case 0x111: return "d";
    case 0x131: return "i";
    case 0xE6: return "ae";
    case 0x153: return "oe";
    case 0xFE: return "th";
    case 0xF0: return "d";
    default: return {};
  }
}

} // namespace

std::string repair_utf8(std::string_view text) {
  if (is_ascii(text))
    return std::string{text};
  std::string out;
  out.reserve(text.size());
  while (!text.empty())
    append(out, take(text));
  return out;
}

std::string nfc(std::string_view text) {
  if (is_ascii(text))
    return std::string{text};
  return map(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string fold(std::string_view text) {
  if (is_ascii(text))
    return lower_ascii(text);
  return map(text, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE
                       | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
}

std::string fold_ascii(std::string_view text) {
  if (is_ascii(text))
    return lower_ascii(text);
  auto folded =
      map(text, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE
                    | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STRIPMARK);
  std::string out;
  out.reserve(folded.size());
  std::string_view rest = folded;
  while (!rest.empty()) {
    auto point = take(rest);
    auto base = base_letter(point);
    base.empty() ? append(out, point) : void(out += base);
  }
  return out;
}

std::string collapse_space(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  while (!text.empty()) {
    auto point = take(text);
    if (is_invisible(point))
      continue;
    if (is_space(point)) {
      gap = true;
      continue;
    }
    if (gap && !out.empty())
      out += ' ';
    gap = false;
    append(out, point);
  }
  return out;
}

std::string repair_mojibake(std::string_view text) {
  if (is_ascii(text))
    return std::string{text};
  std::string bytes;
  for (auto rest = text; !rest.empty();) {
    auto point = take(rest);
    if (point > 0xFF)
      return std::string{text};
    bytes += static_cast<char>(point);
  }
  auto repaired = repair_utf8(bytes);
  return repaired == bytes ? bytes : std::string{text};
}

} // namespace jobfarm::text
