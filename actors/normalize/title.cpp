#include "actors/normalize/title.hpp"

#include "actors/text/entities.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <array>

namespace jobfarm::normalize {

namespace {

bool has_letter(std::string_view text, bool upper) {
  return std::any_of(text.begin(), text.end(), [&](char c) {
    return upper ? c >= 'A' && c <= 'Z' : c >= 'a' && c <= 'z';
  });
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

/// What a part in brackets or behind a dash may be without being the title's.
bool is_decoration(std::string_view part, const std::vector<place>& places) {
  auto folded = text::collapse_space(text::fold_ascii(part));
  if (folded.empty())
    return true;
  for (std::string_view word : {"m/f/d",
                                "m/w/d",
                                "w/m/d",
                                "f/m/d",
                                "m/f/x",
                                "f/m/x",
                                "m/f",
                                "h/f",
                                "f/h",
                                "m/w/x",
                                "all genders",
                                "gn",
                                "m/v/x",
                                "x/f/m",
                                "w/m/x",
                                "f/m",
                                "m/f/n",
                                "d/f/m",
                                "remote",
                                "hybrid",
                                "onsite",
                                "on-site",
                                "fully remote",
                                "100% remote",
                                "remote work",
                                "remote only",
                                "us remote",
                                "remote us",
                                "work from home",
                                "full time",
                                "full-time",
                                "urgent",
                                "new"})
    if (folded == word)
      return true;
  if ((folded.rfind("remote", 0) == 0 || folded.rfind("fully remote", 0) == 0
       || folded.rfind("100% remote", 0) == 0)
      && folded.size() < 24)
    return true;
  // The first places are enough: a title names one or two.
  constexpr std::size_t most_places = 8;
  for (std::size_t i = 0; i < std::min(places.size(), most_places); ++i) {
    const auto& one = places[i];
    for (const auto* name : {&one.display, &one.city, &one.country})
      if (!name->empty() && text::fold_ascii(*name) == folded)
        return true;
  }
  // Requisition numbers: "REQ-7622", "#12345", "R0012345", "JR-1234".
  auto digits = std::count_if(folded.begin(), folded.end(),
                              [](char c) { return c >= '0' && c <= '9'; });
  auto letters = std::count_if(folded.begin(), folded.end(),
                               [](char c) { return c >= 'a' && c <= 'z'; });
  return digits >= 3 && letters <= 3 && folded.find(' ') == std::string::npos;
}

/// Takes "(m/f/d)", "[Remote]" and the like out, wherever they stand. Linear:
/// a decoration is short, and a bracket is only searched for near.
std::string without_brackets(std::string_view text,
                             const std::vector<place>& places) {
  constexpr std::size_t longest_decoration = 120;
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto open = text[i];
    auto close = open == '(' ? ')' : open == '[' ? ']' : '\0';
    auto near = text.substr(i, longest_decoration);
    auto end = close ? near.find(close) : near.npos;
    // Of "((((" only the last bracket opens what ends here.
    if (end != near.npos && near.find(open, 1) > end
        && is_decoration(near.substr(1, end - 1), places)) {
      i += end + 1;
      continue;
    }
    out += text[i++];
  }
  return out;
}

std::string_view trimmed_marks(std::string_view text) {
  auto is_mark = [](char c) {
    return c == ' ' || c == '-' || c == ',' || c == '|' || c == ':' || c == '/'
           || c == '*' || c == '!';
  };
  auto ends_in = [&](std::string_view mark) {
    return text.size() >= mark.size()
           && text.substr(text.size() - mark.size()) == mark;
  };
  for (;;) {
    if (!text.empty() && is_mark(text.back()))
      text.remove_suffix(1);
    else if (ends_in("\xE2\x80\x93") || ends_in("\xE2\x80\x94"))
      text.remove_suffix(3);
    else
      break;
  }
  while (!text.empty() && is_mark(text.front()))
    text.remove_prefix(1);
  return text;
}

/// A mark that cuts a tail off, blanks included; of size 0 for none.
struct tail_mark {
  std::size_t at = 0;
  std::size_t size = 0;
};

/// The last dash, bar, comma, `@` or `#` that stands apart.
tail_mark last_mark(std::string_view text) {
  for (auto at = text.size(); at-- > 0;) {
    auto rest = text.substr(at);
    if (rest[0] != ' ' && rest[0] != ',')
      continue;
    for (std::string_view mark : {" - ", " | ", " \xE2\x80\x93 ", ", ",
                                  " \xE2\x80\x94 ", " @ "})
      if (rest.substr(0, mark.size()) == mark)
        return {at, mark.size()};
    // The number sign stays with its number.
    if (rest.substr(0, 2) == " #")
      return {at, 1};
  }
  return {};
}

/// Drops decorations behind the last dash, bar or comma, one after another.
/// They are short: only the end of the text is searched.
std::string_view without_tails(std::string_view text,
                               const std::vector<place>& places) {
  constexpr std::size_t longest_tail = 120;
  for (;;) {
    auto from = text.size() > longest_tail ? text.size() - longest_tail : 0;
    auto end = text.substr(from);
    auto last = last_mark(end);
    if (last.size == 0 || from + last.at == 0
        || !is_decoration(end.substr(last.at + last.size), places))
      return text;
    text = trimmed_marks(text.substr(0, from + last.at));
  }
}

/// "REQ-7622 Product Manager": a number before the title.
std::string_view without_head(std::string_view text) {
  auto blank = text.find(' ');
  if (blank != text.npos && is_decoration(text.substr(0, blank), {})
      && has_letter(text.substr(blank), true))
    return trimmed_marks(text.substr(blank + 1));
  return text;
}

/// "SENIOR PROGRAM MANAGER, IT" -> "Senior Program Manager, IT".
std::string without_shouting(std::string_view text) {
  if (has_letter(text, false) || text.size() < 8)
    return std::string{text};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto end = std::min(text.find_first_of(" /-,(", at), text.size());
    std::string word{text.substr(at, end - at)};
    if (word.size() > 3)
      for (std::size_t i = 1; i < word.size(); ++i)
        if (word[i] >= 'A' && word[i] <= 'Z')
          word[i] = static_cast<char>(word[i] + 32);
    out += word;
    if (end < text.size())
      out += text[end];
    at = end + 1;
  }
  return out;
}

struct expansion {
  std::string_view word;
  std::string_view full;
};

constexpr expansion expansions[] = {
    {"sr", "senior"},
    {"snr", "senior"},
    {"jr", "junior"},
    {"jnr", "junior"},
    {"mgr", "manager"},
    {"mngr", "manager"},
    {"eng", "engineer"},
    {"engr", "engineer"},
    {"dev", "developer"},
    {"dir", "director"},
    {"assoc", "associate"},
    {"asst", "assistant"},
    {"admin", "administrator"},
    {"tpm", "technical program manager"},
    {"pgm", "program manager"},
    {"swe", "software engineer"},
    {"sde", "software development engineer"},
    {"sdet", "software development engineer in test"},
    {"sre", "site reliability engineer"},
    {"em", "engineering manager"},
    {"vp", "vice president"},
    {"svp", "senior vice president"},
    {"evp", "executive vice president"},
    {"avp", "assistant vice president"},
    {"ml", "machine learning"},
    {"ai", "artificial intelligence"},
    {"qa", "quality assurance"},
    {"hr", "human resources"},
    {"ux", "user experience"},
    {"ui", "user interface"},
    {"bi", "business intelligence"},
    {"programme", "program"},
    {"programmes", "programs"},
    {"mgmt", "management"},
    {"ops", "operations"},
    {"infra", "infrastructure"},
    {"tech", "technical"},
    {"fullstack", "full stack"},
    {"frontend", "front end"},
    {"backend", "back end"},
    {"ii", "2"},
    {"iii", "3"},
    {"iv", "4"},
};

bool is_word_byte(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
         || c == '+' || c == '#';
}

} // namespace

std::string clean_title(std::string_view title,
                        const std::vector<place>& places) {
  auto plain = text::collapse_space(
      without_pictures(text::nfc(text::decode_entities(title))));
  auto bare = text::collapse_space(without_brackets(plain, places));
  auto cleaned = without_shouting(
      without_tails(without_head(trimmed_marks(bare)), places));
  return cleaned.empty() ? plain : cleaned;
}

std::string normalize_title(std::string_view title) {
  auto folded = text::fold(title);
  std::string out;
  for (std::size_t at = 0; at < folded.size();) {
    if (!is_word_byte(folded[at])) {
      ++at;
      continue;
    }
    auto end = at;
    while (end < folded.size() && is_word_byte(folded[end]))
      ++end;
    auto word = std::string_view{folded}.substr(at, end - at);
    at = end;
    if (!out.empty())
      out += ' ';
    auto known =
        std::find_if(std::begin(expansions), std::end(expansions),
                     [&](const expansion& one) { return one.word == word; });
    out += known == std::end(expansions) ? word : known->full;
  }
  return out;
}

} // namespace jobfarm::normalize
