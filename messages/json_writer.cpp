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

bool is_escaped(unsigned char c) {
  return c < 0x20 || c == 0x7F || c == '"' || c == '\\';
}

void append_escaped(std::string& out, unsigned char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  constexpr char digits[] = "0123456789abcdef";
  out += "\\u00";
  out += digits[c >> 4];
  out += digits[c & 15];
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
  for (std::size_t at = 0;;) {
    auto end = block::find(text, at, needs_escape, is_escaped);
    out.append(text, at, end - at);
    if (end == text.size())
      return;
    append_escaped(out, static_cast<unsigned char>(text[end]));
    at = end + 1;
  }
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
