#include "actors/sources/jsonld_string.hpp"

namespace jobfarm::sources {

namespace {

/// Half a surrogate pair (RFC 8259 section 8.2) becomes U+FFFD.
void copy_unicode_escape(jsonld_cursor& in, std::string& out) {
  auto unit = in.code_unit_at(in.pos());
  bool high = unit >= 0xD800 && unit < 0xDC00;
  auto low = high ? in.code_unit_at(in.pos() + 6) : -1;
  std::size_t length = low >= 0xDC00 && low < 0xE000 ? 12 : 6;
  if (unit < 0) {
    out += "\\\\u";
    length = 2;
  } else if (unit >= 0xD800 && unit < 0xE000 && length == 6) {
    out += "\\ufffd";
  } else {
    out.append(in.slice(in.pos(), in.pos() + length));
  }
  in.advance(length);
}

/// Copies an escape that JSON knows; of others, what JavaScript makes of them.
bool copy_escape(jsonld_cursor& in, std::string& out) {
  auto c = in.peek(1);
  if (in.pos() + 1 >= in.size())
    return false;
  if (c == 'u') {
    copy_unicode_escape(in, out);
    return true;
  }
  if (c == 'x' && is_hex_digit(in.peek(2)) && is_hex_digit(in.peek(3))) {
    out += "\\u00";
    out.append(in.slice(in.pos() + 2, in.pos() + 4));
    in.advance(4);
    return true;
  }
  if (c != '\0'
      && std::string_view{"\"\\/bfnrt"}.find(c) != std::string_view::npos) {
    out += '\\';
    out += c;
  } else if (c != '\n' && c != '\r') { // a line continuation is nothing
    append_json_character(out, c);
  }
  in.advance(2);
  return true;
}

/// True if a bracket at `pos` can close what holds the string.
bool is_closing(const jsonld_cursor& in, std::size_t pos, value_place place) {
  if (place.in_object != (in.at(pos) == '}'))
    return false;
  auto next = in.past_space(pos + 1);
  return place.depth <= 1 || next >= in.size()
         || std::string_view{",}]/;<\""}.find(in.at(next))
                != std::string_view::npos;
}

/// True if a member of the same object starts at `pos`, or it ends there.
bool is_next_member(const jsonld_cursor& in, std::size_t pos) {
  auto c = in.at(pos);
  return c == '}' || c == ',' || c == '/' || in.is_key_at(pos);
}

} // namespace

void append_json_character(std::string& out, char c) {
  static constexpr char hex[] = "0123456789abcdef";
  auto byte = static_cast<unsigned char>(c);
  if (c == '"' || c == '\\') {
    out += '\\';
    out += c;
  } else if (c == '\n') {
    out += "\\n";
  } else if (c == '\t') {
    out += "\\t";
  } else if (byte < 0x20) {
    out += "\\u00";
    out += hex[byte >> 4];
    out += hex[byte & 15];
  } else {
    out += c;
  }
}

bool copy_character(jsonld_cursor& in, std::string& out) {
  if (in.peek() == '\\')
    return copy_escape(in, out);
  append_json_character(out, in.peek());
  in.advance();
  return true;
}

bool ends_string(const jsonld_cursor& in, std::size_t pos, value_place place) {
  pos = in.past_space(pos);
  if (pos >= in.size() || in.starts("/*", pos) || in.starts("//", pos))
    return true;
  switch (in.at(pos)) {
    case '}':
    case ']': return is_closing(in, pos, place);
    case ',':
      return !place.in_object || is_next_member(in, in.past_space(pos + 1));
    case '"': return place.in_object && in.is_key_at(pos);
    default: return false;
  }
}

} // namespace jobfarm::sources
