#include "messages/json_writer.hpp"
#include "messages/byte_block.hpp"
#include "messages/byte_sink.hpp"
#include "messages/utf8_point.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace jobfarm::json {

namespace {

/// Which bytes do not stand for themselves within a JSON string, those that are
/// not ASCII aside.
block::bytes needs_escape(block::bytes text) {
  return block::between(text, 0, 0x1F) | block::equal(text, 0x7F)
         | block::equal(text, '"') | block::equal(text, '\\');
}

/// The longest escape is "\u001f".
constexpr std::size_t longest_escape = 6;

/// What stands behind the backslash of a short escape; 0 for the others.
char short_escape(char c) {
  switch (c) {
    case '"':
    case '\\': return c;
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
  }
}

/// Writes the escape of `c` to `to`; returns its size.
std::size_t write_escaped(char* to, char c) {
  *to++ = '\\';
  if (auto letter = short_escape(c)) {
    *to = letter;
    return 2;
  }
  constexpr char digits[] = "0123456789abcdef";
  for (char one : {'u', '0', '0', digits[c >> 4 & 15], digits[c & 15]})
    *to++ = one;
  return longest_escape;
}

/// With U+FFFD for each byte that is not UTF-8.
std::string repaired(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto size = first_point(text).size;
    size > 0 ? out.append(text, 0, size) : out.append("\xEF\xBF\xBD");
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return out;
}

/// So many bytes of a text have room together.
constexpr std::size_t written_at_once = 1024;

/// Writes the content of a JSON string. True if it is ASCII.
bool write_content(byte_sink& out, std::string_view text) {
  block::bytes all{};
  char* to = nullptr;
  std::size_t at = 0;
  auto copy_block = [&] {
    const auto bytes = block::load_part(text, at);
    all |= bytes;
    block::store(to, bytes);
    return block::bits(needs_escape(bytes));
  };
  auto pass = [&](std::size_t plain) {
    to += plain;
    at += plain;
  };
  while (at < text.size()) {
    const auto limit = std::min(text.size(), at + written_at_once);
    to = out.room_for(longest_escape * (limit - at + block::size));
    while (at < limit) {
      auto found = copy_block();
      for (; found == 0 && at + block::size < limit; found = copy_block())
        pass(block::size);
      const auto size = std::min(block::size, text.size() - at);
      found &= (1U << size) - 1;
      pass(found ? block::first(found) : size);
      if (found)
        to += write_escaped(to, text[at++]);
    }
    out.add_until(to);
  }
  return block::bits(all) == 0;
}

} // namespace

void write_string(byte_sink& out, std::string_view text) {
  out.put('"');
  const auto begin = out.size();
  if (!write_content(out, text)
      && !simdjson::validate_utf8(text.data(), text.size())) {
    out.cut(begin);
    write_content(out, repaired(text));
  }
  out.put('"');
}

void write_number(byte_sink& out, double value) {
  if (!std::isfinite(value))
    return out.write("null");
  if (std::trunc(value) == value && std::abs(value) < 9.0e15)
    return write_number(out, static_cast<std::int64_t>(value));
  constexpr std::size_t longest = 32;
  auto* to = out.room_for(longest);
  out.add_until(std::to_chars(to, to + longest, value).ptr);
}

void write_number(byte_sink& out, std::int64_t value) {
  constexpr std::size_t longest = 24;
  auto* to = out.room_for(longest);
  out.add_until(std::to_chars(to, to + longest, value).ptr);
}

void append_string(std::string& out, std::string_view text) {
  byte_sink sink;
  write_string(sink, text);
  out += sink.view();
}

void append_number(std::string& out, double value) {
  byte_sink sink;
  write_number(sink, value);
  out += sink.view();
}

void append_number(std::string& out, std::int64_t value) {
  byte_sink sink;
  write_number(sink, value);
  out += sink.view();
}

std::string& object_writer::name(std::string_view key) {
  if (!first_)
    out_ += ',';
  first_ = false;
  append_string(out_, key);
  out_ += ':';
  return out_;
}

object_writer& object_writer::member(std::string_view key,
                                     std::string_view value) {
  append_string(name(key), value);
  return *this;
}

object_writer& object_writer::member(std::string_view key, double value) {
  append_number(name(key), value);
  return *this;
}

object_writer& object_writer::member(std::string_view key, std::int64_t value) {
  append_number(name(key), value);
  return *this;
}

object_writer& object_writer::member(std::string_view key, bool value) {
  name(key) += value ? "true" : "false";
  return *this;
}

object_writer& object_writer::null(std::string_view key) {
  name(key) += "null";
  return *this;
}

object_writer& object_writer::raw(std::string_view key,
                                  std::string_view value) {
  name(key) += value;
  return *this;
}

} // namespace jobfarm::json
