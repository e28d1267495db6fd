#include "actors/text/entities.hpp"

#include "actors/text/entity_reader.hpp"
#include "messages/byte_block.hpp"
#include "messages/byte_sink.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <iterator>

namespace jobfarm::text {

namespace {

struct entity {
  std::string_view name;
  std::string_view text;
};

constexpr entity entities[] = {
#include "actors/text/entity_table.inc"
};
constexpr std::size_t longest_name = 33;

struct frequent_entity {
  char text = 0;
  std::size_t size = 0;
};

/// The entity at `text`, which has six bytes at least, if it is one of those
/// that nearly all of escaped markup are; else one of no size.
inline frequent_entity frequent_at(const char* text) {
  auto is = [&](const auto& name) {
    return std::memcmp(text, name, sizeof name - 1) == 0;
  };
  // Which of the two it is cannot be foretold.
  if (auto is_less = is("&lt;"); is_less | is("&gt;"))
    return {is_less ? '<' : '>', 4};
  if (is("&amp;"))
    return {'&', 5};
  if (is("&quot;"))
    return {'"', 6};
  return {};
}

/// WHATWG HTML 13.2.5.80: numeric references in 0x80-0x9F mean windows-1252.
constexpr std::array<char32_t, 32> windows_1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

void append_point(std::string& out, char32_t c) {
  if (c >= 0x80 && c < 0xA0)
    c = windows_1252[c - 0x80];
  if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
    c = 0xFFFD;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

int digit_value(char c, int base) {
  int value = c >= '0' && c <= '9'   ? c - '0'
              : c >= 'a' && c <= 'f' ? c - 'a' + 10
              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                     : 99;
  return value < base ? value : -1;
}

std::size_t read_number(std::string_view text, std::string& out) {
  std::size_t i = 2;
  int base = 10;
  if (i < text.size() && (text[i] == 'x' || text[i] == 'X')) {
    base = 16;
    ++i;
  }
  auto first = i;
  char32_t point = 0;
  for (; i < text.size() && digit_value(text[i], base) >= 0; ++i)
    if (point <= 0x10FFFF)
      point = point * static_cast<char32_t>(base)
              + static_cast<char32_t>(digit_value(text[i], base));
  if (i == first)
    return 0;
  append_point(out, point);
  return i + (i < text.size() && text[i] == ';');
}

std::size_t read_name(std::string_view text, std::string& out) {
  std::size_t length = 1;
  while (length < text.size() && length <= longest_name
         && std::isalnum(static_cast<unsigned char>(text[length])) != 0)
    ++length;
  length += length < text.size() && text[length] == ';';
  // The longest name that fits: "&notit;" holds "&not".
  for (auto size = length - 1; size >= 2; --size) {
    auto name = text.substr(1, size);
    auto found =
        std::lower_bound(std::begin(entities), std::end(entities), name,
                         [](const entity& one, std::string_view wanted) {
                           return one.name < wanted;
                         });
    if (found != std::end(entities) && found->name == name) {
      out += found->text;
      return size + 1;
    }
  }
  return 0;
}

/// Decodes `text` from `at` on while its entities are frequent ones, up to its
/// last two groups of bytes; returns where it stopped. Between two of them are
/// a few bytes: whole groups are copied, what was too much is written over.
std::size_t decode_frequent(std::string_view text, std::size_t at,
                            byte_sink& out) {
  constexpr auto size = block::group_size;
  const auto* from = text.data();
  auto* to = out.room_for(text.size() - at + size);
  auto copy_until = [&](std::size_t next) {
    std::memcpy(to, from + at, size);
    to += next - at;
    at = next;
  };
  for (auto group = at; group + 2 * size <= text.size(); group += size) {
    auto found = block::group_bits(from + group, [](block::bytes part) {
      return block::equal(part, '&');
    });
    for (; found != 0; found &= found - 1) {
      copy_until(group + static_cast<std::size_t>(__builtin_ctzll(found)));
      auto one = frequent_at(from + at);
      if (one.size == 0) {
        out.add_until(to);
        return at;
      }
      *to++ = one.text;
      at += one.size;
    }
    if (at < group + size)
      copy_until(group + size);
  }
  out.add_until(to);
  return at;
}

} // namespace

std::size_t read_entity(std::string_view text, std::string& out) {
  if (text.size() < 3 || text[0] != '&')
    return 0;
  if (text[1] == '#')
    return read_number(text, out);
  if (text.size() >= 6)
    if (auto one = frequent_at(text.data()); one.size > 0) {
      out += one.text;
      return one.size;
    }
  return read_name(text, out);
}

std::string decode_entities(std::string_view text) {
  byte_sink out;
  std::string more;
  std::size_t at = 0;
  while (at < text.size()) {
    at = decode_frequent(text, at, out);
    auto next = std::min(text.find('&', at), text.size());
    out.write(text.substr(at, next - at));
    at = next;
    if (at == text.size())
      break;
    more.clear();
    auto used = read_entity(text.substr(at), more);
    out.write(used == 0 ? "&" : more);
    at += std::max<std::size_t>(used, 1);
  }
  return std::string{out.view()};
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() * 5 / 4);
  for (char c : text)
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  return out;
}

} // namespace jobfarm::text
