#include "actors/normalize/title.hpp"

#include "actors/normalize/whole_phrases.hpp"
#include "actors/text/ascii.hpp"
#include "actors/text/utf8.hpp"
#include "messages/byte_block.hpp"

#include <array>
#include <cstddef>
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

/// Small, what a word of a normalised title may consist of; else zero.
constexpr auto title_bytes = [] {
  std::array<char, 256> all{};
  for (std::size_t byte = 0; byte < all.size(); ++byte) {
    auto c = text::ascii_lower(static_cast<char>(byte));
    auto is_kept = byte >= 0x80 || (c >= 'a' && c <= 'z') || text::is_digit(c)
                   || c == '+' || c == '#';
    all[byte] = is_kept ? c : '\0';
  }
  return all;
}();

char title_byte(char c) {
  return title_bytes[static_cast<unsigned char>(c)];
}

/// "EM" is written large: "em" is "in" in Portuguese.
bool is_small_em(std::string_view word, std::string_view title) {
  return word == "em" && title.find("EM") == title.npos;
}

/// "hr" behind an amount is an hour.
bool is_hour(std::string_view word, char before) {
  return word == "hr" && text::is_digit(before);
}

/// Writes the word out that a title ends with from `begin` on, if it is short
/// for others. `last` is the byte that the word before ended with.
void write_out(std::string& title, std::size_t begin, char last,
               std::string_view given) {
  auto word = std::string_view{title}.substr(begin);
  auto full = expansion_of(word);
  if (!full.empty() && !is_hour(word, last) && !is_small_em(word, given))
    title.replace(begin, title.npos, full);
}

} // namespace

std::string normalize_title(std::string_view title) {
  // ASCII folds to small letters, as they are taken below.
  std::string folded;
  auto given = title;
  if (block::ascii_end(title, 0) < title.size())
    given = folded = text::fold(title);
  std::string out;
  out.reserve(given.size() + longest_expansion);
  char last = ' ';
  for (std::size_t at = 0; at < given.size(); ++at) {
    if (title_byte(given[at]) == '\0')
      continue;
    if (!out.empty())
      out += ' ';
    auto begin = out.size();
    for (; at < given.size() && title_byte(given[at]) != '\0'; ++at)
      out += title_byte(given[at]);
    auto end = out.back();
    write_out(out, begin, last, title);
    last = end;
  }
  return out;
}

} // namespace jobfarm::normalize
