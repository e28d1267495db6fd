#include "actors/sources/jsonld_cursor.hpp"

#include "actors/sources/ascii.hpp"

#include <algorithm>

namespace jobfarm::sources {

namespace {

// Names of members are short; a longer run up to a colon is text.
constexpr std::size_t max_key_bytes = 80;

} // namespace

bool is_jsonld_space(char c) noexcept {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_jsonld_word(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c)
         || c == '_' || c == '$' || c == '@';
}

bool is_hex_digit(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

std::size_t jsonld_cursor::find_any(std::string_view any) const noexcept {
  return std::min(in_.find_first_of(any, pos_), in_.size());
}

void jsonld_cursor::skip_space() {
  while (!done()) {
    if (is_jsonld_space(peek()))
      ++pos_;
    else if (!skip_mark())
      return;
  }
}

bool jsonld_cursor::skip_mark() {
  static constexpr std::string_view marks[] = {
      "\xEF\xBB\xBF", "\xC2\xA0", "<![CDATA[", "]]>", "<!]]>", "-->", ";"};
  for (auto mark : marks)
    if (starts(mark, pos_)) {
      advance(mark.size());
      return true;
    }
  if (starts("<!--", pos_)) {
    skip_html_comment();
  } else if (starts("/*", pos_)) {
    auto end = in_.find("*/", pos_ + 2);
    move_to(end == npos ? npos : end + 2);
  } else if (starts("//", pos_)) {
    skip_line_comment();
  } else {
    return false;
  }
  return true;
}

/// `<!-- words -->` goes as a whole; of a `<!--` around the block, the mark.
void jsonld_cursor::skip_html_comment() {
  auto after = [this](next_place& next, auto find) {
    if (!next.known || (next.place != npos && next.place < pos_))
      next = {find(), true};
    return next.place;
  };
  auto end = after(comment_end_, [this] { return in_.find("-->", pos_); });
  auto value =
      after(opening_, [this] { return in_.find_first_of("{[", pos_); });
  move_to(end < value ? end + 3 : pos_ + 4);
}

/// `//` before a mark hides only the mark: `//<![CDATA[ {...} //]]>`.
void jsonld_cursor::skip_line_comment() {
  auto mark = pos_ + 2;
  while (at(mark) == ' ' || at(mark) == '\t')
    ++mark;
  bool hides_mark = starts("<![CDATA[", mark) || starts("]]>", mark)
                    || starts("-->", mark) || starts("<!--", mark);
  move_to(hides_mark ? mark : find_any("\r\n"));
}

std::size_t jsonld_cursor::past_space(std::size_t pos) const noexcept {
  while (pos < in_.size() && is_jsonld_space(in_[pos]))
    ++pos;
  return pos;
}

bool jsonld_cursor::is_key_at(std::size_t pos) const noexcept {
  auto quote = at(pos);
  auto end = pos;
  if (quote == '"' || quote == '\'') {
    end = in_.substr(0, std::min(pos + max_key_bytes, in_.size()))
              .find(quote, pos + 1);
    if (end == npos)
      return false;
    ++end;
  } else {
    while (is_jsonld_word(at(end)) && end - pos < max_key_bytes)
      ++end;
  }
  return end > pos && at(past_space(end)) == ':';
}

int jsonld_cursor::code_unit_at(std::size_t pos) const noexcept {
  if (!starts("\\u", pos))
    return -1;
  int unit = 0;
  for (auto i = pos + 2; i < pos + 6; ++i) {
    auto c = at(i);
    if (!is_hex_digit(c))
      return -1;
    unit = unit * 16 + (is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  return unit;
}

} // namespace jobfarm::sources
