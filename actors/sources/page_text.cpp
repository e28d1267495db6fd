#include "actors/sources/page_text.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/text/charset.hpp"
#include "actors/text/utf8.hpp"
#include "messages/byte_block.hpp"
#include "messages/utf8_point.hpp"

#include <algorithm>
#include <optional>

namespace jobfarm::sources {

namespace {

using text::charset;
using text::charset_of;

std::string_view without_blanks(std::string_view text) {
  auto first = text.find_first_not_of(" \t\r\n\f");
  return text.substr(std::min(first, text.size()));
}

/// The label behind the first "charset=" of `text`, which is in lower case: of
/// a Content-Type, of a `<meta>` that quotes one, or an attribute of its own.
std::string_view label_in(std::string_view text) {
  constexpr std::string_view key = "charset";
  for (auto at = text.find(key); at != npos; at = text.find(key, at)) {
    at += key.size();
    auto rest = without_blanks(text.substr(at));
    if (rest.empty() || rest.front() != '=')
      continue;
    rest = without_blanks(rest.substr(1));
    auto quote = rest.substr(0, 1);
    if (quote == "\"" || quote == "'")
      rest.remove_prefix(1);
    return rest.substr(0, rest.find_first_of("\"'; \t\r\n\f/>"));
  }
  return {};
}

std::optional<charset> of_mark(std::string_view bytes) {
  if (begins(bytes, "\xEF\xBB\xBF"))
    return charset_of("utf-8");
  if (begins(bytes, "\xFF\xFE"))
    return charset_of("utf-16le");
  if (begins(bytes, "\xFE\xFF"))
    return charset_of("utf-16be");
  return std::nullopt;
}

/// What a `<meta>` of the page's head says.
std::optional<charset> of_meta(std::string_view bytes) {
  constexpr std::size_t enough = 4096;
  auto head = ascii_lower(bytes.substr(0, enough));
  std::string_view rest{head};
  for (auto at = rest.find('<'); at != npos; at = rest.find('<')) {
    rest.remove_prefix(at + 1);
    auto end = rest.find(begins(rest, "!--") ? "-->" : ">");
    auto tag = rest.substr(0, end);
    rest.remove_prefix(tag.size());
    auto name = tag.substr(0, tag.find_first_of(" \t\r\n\f/"));
    if (name != "meta")
      continue;
    if (auto said = charset_of(label_in(tag)))
      // What can be read in ASCII so far has no two bytes a character.
      return begins(said->name, "UTF-16") ? charset_of("utf-8") : said;
  }
  return std::nullopt;
}

/// What there is beyond ASCII.
struct utf8_look {
  bool has_character = false;
  bool has_other = false;
};

utf8_look look_for_utf8(std::string_view bytes) {
  utf8_look look;
  for (;;) {
    bytes.remove_prefix(block::ascii_end(bytes, 0));
    if (bytes.empty())
      return look;
    auto point = first_point(bytes);
    auto& found = point.size == 0 ? look.has_other : look.has_character;
    found = true;
    bytes.remove_prefix(std::max<std::size_t>(point.size, 1));
  }
}

} // namespace

std::string page_text(std::string_view bytes, std::string_view content_type) {
  auto said = of_mark(bytes);
  if (!said)
    said = charset_of(label_in(ascii_lower(content_type)));
  if (!said)
    said = of_meta(bytes);
  if (said && said->is_utf8())
    return text::repair_utf8(bytes);
  auto look = look_for_utf8(bytes);
  auto is_utf8 = said ? !look.has_other && !said->looks_like_utf8()
                      : !look.has_other || look.has_character;
  if (is_utf8)
    return text::repair_utf8(bytes);
  return text::decode(bytes, said ? *said : *charset_of("windows-1252"));
}

} // namespace jobfarm::sources
