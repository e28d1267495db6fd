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

/// The content of a JSON string as it grows, handed to a text in large pieces.
class string_content {
public:
  explicit string_content(std::string& out) : out_(out) {
  }
  ~string_content() {
    hand_over();
  }

  /// Adds the first `size` of sixteen bytes.
  void add(block::bytes bytes, std::size_t size) {
    make_room();
    block::store(end_, bytes);
    end_ += size;
  }

  void add_escaped(unsigned char c) {
    make_room();
    switch (c) {
      case '"': return put("\\\"");
      case '\\': return put("\\\\");
      case '\n': return put("\\n");
      case '\r': return put("\\r");
      case '\t': return put("\\t");
      default: break;
    }
    constexpr char digits[] = "0123456789abcdef";
    put("\\u00");
    *end_++ = digits[c >> 4];
    *end_++ = digits[c & 15];
  }

private:
  void put(std::string_view few) {
    end_ += few.copy(end_, few.size());
  }

  /// For a block or an escape.
  void make_room() {
    if (end_ > room_.data() + room_.size() - block::size)
      hand_over();
  }

  void hand_over() {
    out_.append(room_.data(), static_cast<std::size_t>(end_ - room_.data()));
    end_ = room_.data();
  }

  std::string& out_;
  std::array<char, 1024> room_;
  char* end_ = room_.data();
};

/// Appends a text with U+FFFD for its bytes that are not UTF-8.
void append_repaired(string_content& content, std::string_view text) {
  for (std::size_t at = 0, size = 0; at < text.size(); at += size) {
    auto c = static_cast<unsigned char>(text[at]);
    auto bytes = block::load_part(text, at);
    size = std::max<std::size_t>(first_point(text.substr(at)).size, 1);
    if (c >= 0x80 && size == 1)
      content.add(block::load_part("\xEF\xBF\xBD", 0), 3);
    else if (block::bits(needs_escape(bytes)) & 1)
      content.add_escaped(c);
    else
      content.add(bytes, size);
  }
}

/// Appends a text; what is not ASCII is looked at once it is met.
void append_content(std::string& out, std::string_view text) {
  string_content content(out);
  auto is_valid = false;
  std::size_t at = 0;
  auto add = [&](block::bytes bytes, std::size_t size, unsigned found) {
    auto plain = found == 0 ? size : block::first(found);
    content.add(bytes, plain);
    at += plain;
    if (found != 0)
      content.add_escaped(static_cast<unsigned char>(text[at++]));
  };
  while (at < text.size()) {
    auto bytes = block::load_part(text, at);
    if (!is_valid && block::bits(bytes) != 0) {
      is_valid = simdjson::validate_utf8(text.data() + at, text.size() - at);
      if (!is_valid)
        return append_repaired(content, text.substr(at));
    }
    auto found = block::bits(needs_escape(bytes));
    auto left = text.size() - at;
    // Zeros behind the end would need an escape.
    left < block::size ? add(bytes, left, found & ((1U << left) - 1))
                       : add(bytes, block::size, found);
  }
}

} // namespace

void append_string(std::string& out, std::string_view text) {
  out += '"';
  append_content(out, text);
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
