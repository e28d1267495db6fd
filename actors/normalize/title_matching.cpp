#include "actors/normalize/title.hpp"

#include "actors/normalize/whole_phrases.hpp"
#include "actors/text/utf8.hpp"

#include <iterator>

namespace jobfarm::normalize {

namespace {

using expansion = whole_phrases<std::string_view>::phrase;

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
    {"epm", "engineering program manager"},
    {"pgm", "program manager"},
    {"pmm", "product marketing manager"},
    {"apm", "associate product manager"},
    {"gpm", "group product manager"},
    {"swe", "software engineer"},
    {"sde", "software development engineer"},
    {"sdet", "software development engineer in test"},
    {"sdm", "software development manager"},
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
    {"prog", "program"},
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

/// What a word is short for; nothing for most.
std::string_view expansion_of(std::string_view word) {
  static const whole_phrases<std::string_view> all(
      {std::begin(expansions), std::end(expansions)});
  const auto* found = all.longest_at(word, 0);
  return found == nullptr ? std::string_view{} : found->value;
}

/// Room for one word written out, as most titles have at most one.
constexpr std::size_t longest_expansion = 32;

bool is_title_byte(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
         || c == '+' || c == '#';
}

/// "EM" is written large: "em" is "in" in Portuguese.
bool is_small_em(std::string_view word, std::string_view title) {
  return word == "em" && title.find("EM") == title.npos;
}

/// "hr" behind an amount is an hour.
bool is_hour(std::string_view word, std::string_view before) {
  return word == "hr" && !before.empty() && before.back() >= '0'
         && before.back() <= '9';
}

} // namespace

std::string normalize_title(std::string_view title) {
  auto folded = text::fold(title);
  std::string out;
  out.reserve(folded.size() + longest_expansion);
  std::string_view before;
  for (std::size_t at = 0; at < folded.size();) {
    if (!is_title_byte(folded[at])) {
      ++at;
      continue;
    }
    auto end = at;
    while (end < folded.size() && is_title_byte(folded[end]))
      ++end;
    auto word = std::string_view{folded}.substr(at, end - at);
    at = end;
    if (!out.empty())
      out += ' ';
    auto full = expansion_of(word);
    out += full.empty() || is_hour(word, before) || is_small_em(word, title)
               ? word
               : full;
    before = word;
  }
  return out;
}

} // namespace jobfarm::normalize
