#include "actors/normalize/title.hpp"

#include "actors/normalize/title_case.hpp"
#include "actors/normalize/title_marks.hpp"
#include "actors/text/entities.hpp"
#include "actors/text/html.hpp"
#include "actors/text/utf8.hpp"
#include "messages/byte_block.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::normalize {

namespace {

/// Decorations are short: they are only looked for near the ends.
constexpr std::size_t longest_decoration = 120;

/// Whether `marks` (bytes to mask) tells any byte of the text; it must tell no
/// zero.
template <class Marks>
bool has_byte(std::string_view text, Marks marks) {
  for (std::size_t at = 0; at < text.size(); at += block::size)
    if (block::bits(marks(block::load_part(text, at))))
      return true;
  return false;
}

/// Emoji and other pictures: outside the planes and blocks of scripts.
std::string without_pictures(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto lead = static_cast<unsigned char>(text[i]);
    auto size = lead < 0x80   ? std::size_t{1}
                : lead < 0xE0 ? std::size_t{2}
                : lead < 0xF0 ? std::size_t{3}
                              : std::size_t{4};
    auto character = text.substr(i, size);
    i += size;
    // U+1F000 and above; U+2600-27BF dingbats; U+2B50 star; variation selector.
    auto is_picture =
        lead == 0xF0
        || (lead == 0xE2 && character.size() == 3
            && (static_cast<unsigned char>(character[1]) >= 0x98
                && static_cast<unsigned char>(character[1]) <= 0x9E))
        || character == "\xE2\xAD\x90" || character == "\xEF\xB8\x8F";
    if (!is_picture)
      out += character;
  }
  return out;
}

struct bracket_pair {
  std::string_view open;
  std::string_view close;
};

constexpr bracket_pair brackets[] = {
    {"(", ")"}, {"[", "]"}, {"\u3010", "\u3011"}, {"\uff08", "\uff09"}};

/// Whether a byte may begin an opening bracket.
bool is_bracket_lead(char c) {
  return c == '(' || c == '[' || c == '\xE3' || c == '\xEF';
}

/// Takes "(m/f/d)", "[Remote]" and the like out, wherever they stand. Linear:
/// a bracket is only searched for near.
std::string without_brackets(std::string_view text,
                             const title_context& context) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_bracket_lead(text[i])) {
      out += text[i++];
      continue;
    }
    auto near = text.substr(i, longest_decoration);
    const auto* pair = std::find_if(
        std::begin(brackets), std::end(brackets),
        [&](const bracket_pair& one) { return near.rfind(one.open, 0) == 0; });
    auto end = pair == std::end(brackets) ? near.npos : near.find(pair->close);
    // Of "((((" only the last bracket opens what ends here.
    if (end != near.npos && near.find(pair->open, pair->open.size()) > end
        && is_title_decoration(
            near.substr(pair->open.size(), end - pair->open.size()), context)) {
      i += end + pair->close.size();
      continue;
    }
    out += text[i++];
  }
  return out;
}

constexpr std::string_view dashes[] = {"\u2013", "\u2014", "\u00b7", "\u2022"};

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

bool is_part_mark(char c) {
  switch (c) {
    case ' ':
    case '-':
    case ',':
    case '|':
    case ':':
    case '/':
    case '*':
    case '!':
    case ';': return true;
    default: return false;
  }
}

/// Without the marks and blanks around it.
std::string_view trimmed_marks(std::string_view text) {
  auto cut = [&](std::string_view mark, bool front) {
    if (text.size() < mark.size())
      return false;
    auto at = front ? 0 : text.size() - mark.size();
    if (text.substr(at, mark.size()) != mark)
      return false;
    front ? text.remove_prefix(mark.size()) : text.remove_suffix(mark.size());
    return true;
  };
  auto cut_any = [&](bool front) {
    if (text.empty())
      return false;
    auto end = front ? text.front() : text.back();
    if (is_ascii(end)) {
      auto is_cut = is_part_mark(end);
      front ? text.remove_prefix(is_cut) : text.remove_suffix(is_cut);
      return is_cut;
    }
    return std::any_of(std::begin(dashes), std::end(dashes),
                       [&](std::string_view dash) { return cut(dash, front); });
  };
  while (cut_any(false))
    ;
  while (cut_any(true))
    ;
  return text;
}

/// How what stands behind a mark is judged.
enum class tail_kind { any, place, company };

/// A mark that may cut a tail off, blanks included.
struct tail_mark {
  std::string_view text;
  tail_kind kind = tail_kind::any;
  /// What of it belongs to the tail: the number sign stays with its number.
  std::size_t kept = 0;
};

constexpr tail_mark tail_marks[] = {{" - "},
                                    {" | "},
                                    {" \u2013 "},
                                    {", "},
                                    {" \u2014 "},
                                    {" \u00b7 "},
                                    {" \u2022 "},
                                    {" / "},
                                    {" // "},
                                    {"; "},
                                    {" @ "},
                                    {" #", tail_kind::any, 1},
                                    {" -- "},
                                    {": "},
                                    {" in ", tail_kind::place},
                                    {" en ", tail_kind::place},
                                    {" \u00e0 ", tail_kind::place},
                                    {" at ", tail_kind::company},
                                    {" bei ", tail_kind::company},
                                    {" chez ", tail_kind::company}};

/// Whether two bytes may begin such a mark.
bool is_tail_lead(char first, char second) {
  if (first != ' ')
    return second == ' ' && (first == ',' || first == ';' || first == ':');
  switch (second) {
    case '-':
    case '|':
    case '/':
    case '@':
    case '#':
    case 'i':
    case 'e':
    case 'a':
    case 'b':
    case 'c': return true;
    default: return !is_ascii(second);
  }
}

bool is_tail(std::string_view part, tail_kind kind,
             const title_context& context) {
  switch (kind) {
    case tail_kind::place: return names_own_place(part, context);
    case tail_kind::company: return names_company(part, context);
    default: return is_title_decoration(part, context);
  }
}

/// The mark that stands at `at`; null for most places.
const tail_mark* mark_at(std::string_view text, std::size_t at) {
  if (at + 1 == text.size() || !is_tail_lead(text[at], text[at + 1]))
    return nullptr;
  auto rest = text.substr(at);
  const auto* found = std::find_if(
      std::begin(tail_marks), std::end(tail_marks), [&](const tail_mark& one) {
        return rest[0] == one.text[0] && rest[1] == one.text[1]
               && rest.substr(0, one.text.size()) == one.text;
      });
  return found == std::end(tail_marks) ? nullptr : found;
}

/// Where the decoration begins that ends the text; npos if none does. Of
/// several the longest: "- Remote - US" before "- US".
std::size_t tail_begin(std::string_view text, const title_context& context) {
  constexpr int most_tails = 3;
  auto from = text.size() > longest_decoration
                  ? text.size() - longest_decoration
                  : std::size_t{1};
  auto begin = text.npos;
  auto tried = 0;
  // Each mark has a blank as one of its first two bytes.
  for (auto blank = text.rfind(' '); blank != text.npos && blank >= from;
       blank = text.rfind(' ', blank - 1))
    for (auto at : {blank, blank - 1}) {
      const auto* mark = at < from ? nullptr : mark_at(text, at);
      if (mark == nullptr)
        continue;
      if (is_tail(text.substr(at + mark->text.size() - mark->kept), mark->kind,
                  context))
        begin = at;
      if (mark->kind == tail_kind::any && ++tried == most_tails)
        return begin;
    }
  return begin;
}

/// Where "80 - 100 %", "H/F" and the like begin that end the text without a
/// mark before them; npos if none does.
std::size_t bare_tail_begin(std::string_view text,
                            const title_context& context) {
  auto begin = text.rfind(' ');
  if (!text.empty() && text.back() == '%') {
    auto first = text.size() - std::min(text.size(), longest_decoration);
    auto word = text.substr(first).find_last_not_of("0123456789 -%\u2013");
    begin = word == text.npos ? word : text.find(' ', first + word);
  } else if (begin == text.npos || !is_gender_mark(text.substr(begin))) {
    return text.npos;
  }
  return begin != text.npos && is_title_decoration(text.substr(begin), context)
             ? begin
             : text.npos;
}

/// Drops decorations at the end, one after another.
std::string_view without_tails(std::string_view text,
                               const title_context& context) {
  for (;;) {
    auto begin = bare_tail_begin(text, context);
    if (begin == text.npos)
      begin = tail_begin(text, context);
    if (begin == text.npos || begin == 0)
      return text;
    text = trimmed_marks(text.substr(0, begin));
  }
}

/// Where the text goes on behind a decoration that begins it, else 0:
/// "Remote: ", "URGENT - ", "REQ-7622 ".
std::size_t head_end(std::string_view text, const title_context& context) {
  auto near = text.substr(0, longest_decoration);
  auto has_mark = has_byte(near, [](block::bytes b) {
    return b | block::equal(b, ':') | block::equal(b, '-')
           | block::equal(b, '|') | block::equal(b, '!') | block::equal(b, '*');
  });
  if (has_mark)
    for (std::string_view mark : {": ", " - ", " | ", " \u2013 ", "! ", "* "}) {
      auto at = near.find(mark);
      if (at != near.npos && is_title_decoration(near.substr(0, at), context))
        return at + mark.size();
    }
  auto blank = near.find(' ');
  return blank != near.npos && is_requisition(near.substr(0, blank)) ? blank
                                                                     : 0;
}

std::string_view without_heads(std::string_view text,
                               const title_context& context) {
  for (;;) {
    auto end = head_end(text, context);
    auto rest = trimmed_marks(text.substr(end));
    if (end == 0 || rest.empty())
      return text;
    text = rest;
  }
}

/// Entities and markup gone.
std::string plain_title(std::string title) {
  auto is_marked = has_byte(title, [](block::bytes b) {
    return b | block::equal(b, '&') | block::equal(b, '<');
  });
  if (!is_marked)
    return text::is_plain(title) ? std::move(title)
                                 : text::collapse_space(title);
  auto decoded = text::decode_entities(title);
  if (decoded.find('<') != decoded.npos)
    decoded = text::html_to_text(decoded);
  return text::collapse_space(without_pictures(text::nfc(std::move(decoded))));
}

/// Leaves only `part`, a part of the text.
void cut_to(std::string& text, std::string_view part) {
  auto begin = static_cast<std::size_t>(part.data() - text.data());
  text.resize(begin + part.size());
  text.erase(0, begin);
}

} // namespace

std::string clean_title(std::string title, const title_context& context) {
  auto clean = plain_title(std::move(title));
  std::string bare;
  auto has_brackets = has_byte(clean, [](block::bytes b) {
    return block::equal(b, '(') | block::equal(b, '[') | block::equal(b, 0xE3)
           | block::equal(b, 0xEF);
  });
  if (has_brackets)
    bare = text::collapse_space(without_brackets(clean, context));
  std::string_view given = has_brackets ? bare : clean;
  auto rest = trimmed_marks(
      without_tails(without_heads(trimmed_marks(given), context), context));
  if (rest.empty())
    return clean;
  if (has_brackets)
    return without_shouting(std::string{rest});
  cut_to(clean, rest);
  return without_shouting(std::move(clean));
}

} // namespace jobfarm::normalize
