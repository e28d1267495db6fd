#include "actors/text/description.hpp"

#include "actors/text/entities.hpp"
#include "actors/text/html.hpp"
#include "actors/text/html_elements.hpp"
#include "actors/text/utf8.hpp"

#include <cctype>

namespace jobfarm::text {

namespace {

/// True if a tag that pages are made of follows `&lt;` at `at`.
bool is_escaped_tag(std::string_view text, std::size_t at) {
  constexpr std::size_t longest_name = 12;
  auto name = text.substr(at, longest_name);
  if (!name.empty() && name[0] == '/')
    name.remove_prefix(1);
  std::size_t size = 0;
  while (size < name.size()
         && std::isalnum(static_cast<unsigned char>(name[size])) != 0)
    ++size;
  auto tag = name.substr(0, size);
  return flow_of(tag) != flow::inline_ || tag == "span" || tag == "strong"
         || tag == "b" || tag == "em" || tag == "a";
}

bool has_escaped_tags(std::string_view text, std::string_view opener) {
  for (auto at = text.find(opener); at != text.npos;
       at = text.find(opener, at + 1))
    if (is_escaped_tag(text, at + opener.size()))
      return true;
  return false;
}

} // namespace

bool is_escaped_html(std::string_view text) {
  return !has_markup(text)
         && (has_escaped_tags(text, "&lt;") || has_escaped_tags(text, "&#60;")
             || has_escaped_tags(text, "&amp;lt;"));
}

std::string field_text(std::string_view field) {
  return collapse_space(nfc(decode_entities(field)));
}

std::string description_text(std::string_view html) {
  constexpr int most_escapes = 2;
  if (!is_escaped_html(html))
    return html_to_text(html);
  auto decoded = decode_entities(html);
  for (auto more = 1; more < most_escapes && is_escaped_html(decoded); ++more)
    decoded = decode_entities(decoded);
  return html_to_text(decoded);
}

} // namespace jobfarm::text
