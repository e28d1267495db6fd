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
  for (const auto& one : places)
    for (const auto* name : {&one.display, &one.city, &one.country})
      if (!name->empty() && text::fold_ascii(*name) == folded)
        return true;
  // Requisition numbers: "REQ-7622", "#12345", "R0012345", "JR-1234".
  auto digits = std::count_if(folded.begin(), folded.end(),
                              [](char c) { return c >= '0' && c <= '9'; });
  auto letters = std::count_if(folded.begin(), folded.end(),
                               [](char c) { return c >= 'a' && c <= 'z'; });
  return digits >= 3 && letters <= 3 && folded.find(' ') == std::string::npos;
}

/// Takes "(m/f/d)", "[Remote]" and the like out, wherever they stand.
std::string without_brackets(std::string_view text,
                             const std::vector<place>& places) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto open = text[i];
    auto close = open == '(' ? ')' : open == '[' ? ']' : '\0';
    auto end = close ? text.find(close, i) : text.npos;
    if (end != text.npos
        && is_decoration(text.substr(i + 1, end - i - 1), places)) {
      i = end + 1;
      continue;
    }
    out += text[i++];
  }
  return out;
}

std::string trimmed_marks(std::string text) {
  auto is_mark = [](char c) {
    return c == ' ' || c == '-' || c == ',' || c == '|' || c == ':' || c == '/'
           || c == '*' || c == '!';
  };
  auto ends_in = [&](std::string_view mark) {
    return text.size() >= mark.size()
           && text.compare(text.size() - mark.size(), mark.size(), mark) == 0;
  };
  for (;;) {
    if (!text.empty() && is_mark(text.back()))
      text.pop_back();
    else if (ends_in("\xE2\x80\x93") || ends_in("\xE2\x80\x94"))
      text.resize(text.size() - 3);
    else
      break;
  }
  std::size_t begin = 0;
  while (begin < text.size() && is_mark(text[begin]))
    ++begin;
  return text.substr(begin);
}

/// Drops decorations behind the last dash, bar or comma, one after another.
std::string without_tails(std::string text, const std::vector<place>& places) {
  for (;;) {
    std::size_t best = std::string::npos;
    std::size_t size = 0;
    for (std::string_view mark : {" - ", " | ", " \xE2\x80\x93 ", ", ",
                                  " \xE2\x80\x94 ", " @ ", " #"}) {
      auto at = text.rfind(mark);
      if (at != text.npos && (best == text.npos || at > best)) {
        best = at;
        size = mark == " #" ? 1 : mark.size();
      }
    }
    if (best == text.npos || best == 0
        || !is_decoration(std::string_view{text}.substr(best + size), places))
      return text;
    text = trimmed_marks(text.substr(0, best));
  }
}

/// "REQ-7622 Product Manager": a number before the title.
std::string without_head(std::string text) {
  auto blank = text.find(' ');
  if (blank != text.npos && is_decoration(text.substr(0, blank), {})
      && has_letter(text.substr(blank), true))
    return trimmed_marks(text.substr(blank + 1));
  return text;
}

/// "SENIOR PROGRAM MANAGER, IT" -> "Senior Program Manager, IT".
std::string without_shouting(std::string text) {
  if (has_letter(text, false) || text.size() < 8)
    return text;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto end = std::min(text.find_first_of(" /-,(", at), text.size());
    auto word = text.substr(at, end - at);
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
  auto cleaned =
      trimmed_marks(text::collapse_space(without_brackets(plain, places)));
  cleaned =
      without_shouting(without_tails(without_head(std::move(cleaned)), places));
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
