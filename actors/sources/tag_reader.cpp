#include "actors/sources/tag_reader.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/text/entities.hpp"
#include "actors/text/html.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>

namespace jobfarm::sources {

namespace {

constexpr std::string_view spaces = " \t\r\n\f";

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Position of the `>` that ends a tag; those in quoted values do not.
std::size_t find_tag_end(std::string_view html, std::size_t pos) {
  while (pos < html.size()) {
    pos = html.find_first_of("\"'>", pos);
    if (pos == npos || html[pos] == '>')
      return pos;
    // A quote counts only where a value begins, else it is a stray one.
    auto before = html.find_last_not_of(spaces, pos - 1);
    if (before != npos && html[before] == '=') {
      pos = html.find(html[pos], pos + 1);
      if (pos == npos)
        return npos;
    }
    ++pos;
  }
  return npos;
}

/// One `name = value` of an attribute list; moves `rest` past it.
struct name_and_value {
  std::string_view name;
  std::string_view value;
};

name_and_value take_attribute(std::string_view& rest) {
  rest.remove_prefix(
      std::min(rest.find_first_not_of(" \t\r\n\f/"), rest.size()));
  name_and_value result;
  result.name = rest.substr(0, rest.find_first_of(" \t\r\n\f/=", 1));
  rest.remove_prefix(result.name.size());
  auto equals = rest.find_first_not_of(spaces);
  if (equals == npos || rest[equals] != '=')
    return result;
  rest.remove_prefix(equals + 1);
  rest.remove_prefix(std::min(rest.find_first_not_of(spaces), rest.size()));
  bool quoted = !rest.empty() && (rest[0] == '"' || rest[0] == '\'');
  auto end = quoted ? rest.find(rest[0], 1) : rest.find_first_of(spaces);
  end = std::min(end, rest.size());
  result.value = quoted ? rest.substr(1, end - 1) : rest.substr(0, end);
  rest.remove_prefix(std::min(end + (quoted ? 1 : 0), rest.size()));
  return result;
}

} // namespace

std::optional<page_tag> tag_reader::next() {
  while (pos_ < html_.size()) {
    pos_ = html_.find('<', pos_);
    if (pos_ == npos || pos_ + 1 >= html_.size())
      break;
    if (skip_comment())
      continue;
    auto first = html_[pos_ + 1];
    bool is_end = first == '/' && pos_ + 2 < html_.size();
    if (is_letter(is_end ? html_[pos_ + 2] : first))
      return read_tag();
    ++pos_;
  }
  pos_ = html_.size();
  return std::nullopt;
}

/// A comment without an end hides only its mark: the page was cut, and what
/// follows may still be worth reading.
bool tag_reader::skip_comment() {
  if (html_.compare(pos_, 4, "<!--") != 0)
    return false;
  auto end = has_comment_ends_ ? html_.find("-->", pos_ + 2) : npos;
  has_comment_ends_ = end != npos;
  pos_ = has_comment_ends_ ? end + 3 : pos_ + 4;
  return true;
}

std::optional<page_tag> tag_reader::read_tag() {
  page_tag tag;
  tag.begin = pos_;
  tag.is_end = html_[pos_ + 1] == '/';
  auto name = pos_ + (tag.is_end ? 2 : 1);
  auto name_end =
      std::min(html_.find_first_of(" \t\r\n\f/>", name), html_.size());
  auto end = find_tag_end(html_, name_end);
  if (end == npos) {
    pos_ = html_.size();
    return std::nullopt;
  }
  tag.name = ascii_lower(html_.substr(name, name_end - name));
  tag.attributes = html_.substr(name_end, end - name_end);
  tag.end = pos_ = end + 1;
  if (!tag.is_end && (tag.name == "script" || tag.name == "style"))
    read_raw_text(tag);
  return tag;
}

/// Raw text ends at the first end tag of its element (WHATWG 13.2.5.15).
void tag_reader::read_raw_text(page_tag& tag) {
  auto end = pos_;
  do {
    end = html_.find("</", end);
    if (end == npos)
      break;
    end += 2;
  } while (!ascii_equal(html_.substr(end, tag.name.size()), tag.name));
  tag.is_cut_off = end == npos;
  auto stop = tag.is_cut_off ? html_.size() : end - 2;
  tag.raw_text = html_.substr(pos_, stop - pos_);
  pos_ = stop;
}

std::optional<std::string> attribute(const page_tag& tag,
                                     std::string_view name) {
  for (auto rest = tag.attributes; !rest.empty();) {
    auto found = take_attribute(rest);
    if (ascii_equal(found.name, name))
      return text::decode_entities(found.value);
  }
  return std::nullopt;
}

bool has_class(const page_tag& tag, std::string_view name, bool is_prefix) {
  auto list = attribute(tag, "class");
  if (!list)
    return false;
  for (std::string_view rest = *list; !rest.empty();) {
    rest.remove_prefix(std::min(rest.find_first_not_of(spaces), rest.size()));
    auto word = rest.substr(0, rest.find_first_of(spaces));
    if (word == name || (is_prefix && word.substr(0, name.size()) == name))
      return true;
    rest.remove_prefix(word.size());
  }
  return false;
}

std::string_view inner_html(std::string_view html, const page_tag& tag,
                            std::size_t max_bytes) {
  auto within = html.substr(0, std::min(html.size(), tag.end + max_bytes));
  tag_reader tags{within, tag.end};
  int open = 1;
  while (auto inside = tags.next()) {
    if (inside->name != tag.name)
      continue;
    open += inside->is_end ? -1 : 1;
    if (open == 0)
      return html.substr(tag.end, inside->begin - tag.end);
  }
  return within.substr(std::min(tag.end, within.size()));
}

std::string one_line(std::string_view html) {
  return text::collapse_space(text::html_to_text(html));
}

} // namespace jobfarm::sources
