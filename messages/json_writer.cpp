#include "messages/json_writer.hpp"
#include "messages/byte_block.hpp"
#include "messages/byte_sink.hpp"
#include "messages/short_string.hpp"
#include "messages/utf8_point.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

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

/// Copies the group at `from` to `to`; tells which bytes have to be escaped,
/// and adds all bytes to `all`.
std::uint64_t copy_group(const char* from, char* to, block::bytes& all) {
  return block::group_bits_at(from, [&](const char* at) {
    const auto bytes = block::load(at);
    all |= bytes;
    block::store(to + (at - from), bytes);
    return needs_escape(bytes);
  });
}

/// The same of the group's last `left` bytes, which stand at `from`, and where
/// `found` tells which have to be escaped: writes their escapes. What stands in
/// the group behind them has room at both places.
char* escape_group(const char* from, char* to, std::size_t left,
                   std::uint64_t found) {
  while (found != 0) {
    const auto plain = static_cast<std::size_t>(__builtin_ctzll(found));
    from += plain;
    to += plain;
    to += write_escaped(to, *from++);
    std::memcpy(to, from, block::group_size);
    found = found >> plain >> 1;
    left -= plain + 1;
  }
  return to + left;
}

/// Whether a text is ASCII without escapes, as names and codes are.
bool is_written_plainly(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); at += block::size) {
    const auto bytes = block::load_part(text, at);
    const auto size = std::min(block::size, text.size() - at);
    if (block::bits(bytes | needs_escape(bytes)) & ((1U << size) - 1))
      return false;
  }
  return true;
}

/// Writes the end of a text, from `at` on; returns where it ends.
char* write_end(char* to, std::string_view text, std::size_t at,
                block::bytes& all) {
  while (at < text.size()) {
    const auto bytes = block::load_part(text, at);
    all |= bytes;
    block::store(to, bytes);
    auto size = std::min(block::size, text.size() - at);
    const auto found = block::bits(needs_escape(bytes)) & ((1U << size) - 1);
    size = found ? block::first(found) : size;
    to += size;
    at += size;
    if (found)
      to += write_escaped(to, text[at++]);
  }
  return to;
}

/// Bytes of a text that have room together, and how much that is: what is
/// copied behind an escape, or follows them, is two groups at most.
constexpr std::size_t part_size = 16 * block::group_size;
constexpr std::size_t part_room =
    longest_escape * (part_size + 3 * block::group_size);

/// Writes a text in quotes. True if it is ASCII.
bool write_quoted(byte_sink& out, std::string_view text) {
  block::bytes all{};
  std::size_t at = 0;
  auto* to = out.room_for(part_room);
  *to++ = '"';
  while (at + 2 * block::group_size <= text.size()) {
    const auto part_end = std::min(at + part_size, text.size());
    for (; at + 2 * block::group_size <= part_end; at += block::group_size) {
      const auto* from = text.data() + at;
      const auto found = copy_group(from, to, all);
      to = escape_group(from, to, block::group_size, found);
    }
    out.add_until(to);
    to = out.room_for(part_room);
  }
  to = write_end(to, text, at, all);
  *to++ = '"';
  out.add_until(to);
  return block::bits(all) == 0;
}

} // namespace

void write_string(byte_sink& out, std::string_view text) {
  const auto begin = out.size();
  if (!write_quoted(out, text)
      && !simdjson::validate_utf8(text.data(), text.size())) {
    out.cut(begin);
    write_quoted(out, repaired(text));
  }
}

void write_string(byte_sink& out, const std::string& text) {
  constexpr auto longest = 2 * block::size;
  if (text.size() > longest)
    return write_string(out, std::string_view{text});
  const block::short_string ends(text);
  // Which are not written as they are, the last as well if it is another.
  const auto found = block::bits(ends.first | needs_escape(ends.first))
                     | block::bits(ends.last | needs_escape(ends.last));
  if ((found & ((1U << std::min(text.size(), block::size)) - 1)) != 0)
    return write_string(out, std::string_view{text});
  auto* to = out.room_for(longest + 2);
  *to++ = '"';
  ends.copy_to(to);
  to += text.size();
  *to++ = '"';
  out.add_until(to);
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
  if (is_written_plainly(text)) {
    out += '"';
    out.append(text) += '"';
    return;
  }
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
