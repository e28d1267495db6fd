#include "messages/json_writer.hpp"
#include "messages/byte_block.hpp"
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

/// Appends a text shorter than a block, as most are, if it is ASCII without
/// escapes; else returns false.
bool append_short(std::string& out, std::string_view text) {
  if (text.size() >= block::size)
    return false;
  auto bytes = block::load_part(text, 0);
  auto others = block::bits(needs_escape(bytes) | bytes);
  if ((others & ((1U << text.size()) - 1)) != 0)
    return false;
  std::array<char, block::size + 2> quoted;
  quoted[0] = '"';
  block::store(quoted.data() + 1, bytes);
  quoted[text.size() + 1] = '"';
  out.append(quoted.data(), text.size() + 2);
  return true;
}

bool is_utf8(std::string_view text) {
  return block::ascii_end(text, 0) == text.size()
         || simdjson::validate_utf8(text.data(), text.size());
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

/// Appends the content of a JSON string; `text` is UTF-8.
void append_content(std::string& out, std::string_view text) {
  std::size_t from = 0;
  auto escape = [&](std::size_t at) {
    std::array<char, longest_escape> written;
    out.append(text, from, at - from);
    out.append(written.data(), write_escaped(written.data(), text[at]));
    from = at + 1;
  };
  block::for_each(text, needs_escape, escape);
  out.append(text, from);
}

} // namespace

void append_string(std::string& out, std::string_view text) {
  if (append_short(out, text))
    return;
  out += '"';
  is_utf8(text) ? append_content(out, text)
                : append_content(out, repaired(text));
  out += '"';
}

void append_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  if (std::trunc(value) == value && std::abs(value) < 9.0e15) {
    append_number(out, static_cast<std::int64_t>(value));
    return;
  }
  std::array<char, 32> buffer;
  auto end = std::to_chars(buffer.begin(), buffer.end(), value).ptr;
  out.append(buffer.data(), end);
}

void append_number(std::string& out, std::int64_t value) {
  std::array<char, 24> buffer;
  auto end = std::to_chars(buffer.begin(), buffer.end(), value).ptr;
  out.append(buffer.data(), end);
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
