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

/// Whether a text shorter than a block, as most are, is ASCII without escapes.
bool stands_for_itself(std::string_view text) {
  if (text.empty() || text.size() >= block::size)
    return text.empty();
  auto bytes = block::load_part(text, 0);
  auto others = block::bits(needs_escape(bytes) | bytes);
  return (others & ((1U << text.size()) - 1)) == 0;
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
  std::array<char, 1024> written;
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (end + block::size + longest_escape > written.size()) {
      out.append(written.data(), end);
      end = 0;
    }
    // A block is written as a whole, what is behind its end is written over.
    auto left = text.size() - at;
    auto bytes = block::load_part(text, at);
    block::store(written.data() + end, bytes);
    auto escapes = block::bits(needs_escape(bytes));
    auto plain = escapes == 0 ? block::size : block::first(escapes);
    plain = std::min(plain, left);
    at += plain;
    end += plain;
    if (plain < block::size && plain < left)
      end += write_escaped(written.data() + end, text[at++]);
  }
  out.append(written.data(), end);
}

} // namespace

void append_string(std::string& out, std::string_view text) {
  out += '"';
  if (stands_for_itself(text))
    out += text;
  else if (is_utf8(text))
    append_content(out, text);
  else
    append_content(out, repaired(text));
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
