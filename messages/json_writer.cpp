#include "messages/json_writer.hpp"
#include "messages/byte_block.hpp"
#include "messages/utf8_point.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace jobfarm::json {

namespace {

/// Bytes that stand for themselves within a JSON string.
constexpr std::array<bool, 256> plain_bytes = [] {
  std::array<bool, 256> is{};
  for (std::size_t c = 0x20; c < 0x7F; ++c)
    is[c] = c != '"' && c != '\\';
  return is;
}();

constexpr bool is_plain(unsigned char c) {
  return plain_bytes[c];
}

/// The first position from `at` on whose byte does not stand for itself, or the
/// size.
std::size_t plain_end(std::string_view text, std::size_t at) {
  return block::find(
      text, at,
      [](block::bytes b) {
        return ~block::between(b, 0x20, 0x7E) | block::equal(b, '"')
               | block::equal(b, '\\');
      },
      [](unsigned char c) { return !is_plain(c); });
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

} // namespace

void append_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t done = 0;
  for (std::size_t i = 0; (i = plain_end(text, i)) < text.size();) {
    auto c = static_cast<unsigned char>(text[i]);
    if (auto length = c < 0x80 ? 0 : first_point(text.substr(i)).size) {
      i += length;
      continue;
    }
    out.append(text, done, i - done);
    if (c < 0x80)
      append_escaped(out, c);
    else
      out += "\xEF\xBF\xBD";
    done = ++i;
  }
  out.append(text, done);
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
