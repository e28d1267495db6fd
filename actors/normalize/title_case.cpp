#include "actors/normalize/title_case.hpp"

#include "actors/text/utf8.hpp"

#include <algorithm>
#include <unordered_set>

namespace jobfarm::normalize {

namespace {

using word_set = std::unordered_set<std::string_view>;

bool has_letter(std::string_view text, char first, char last) {
  return std::any_of(text.begin(), text.end(),
                     [&](char c) { return c >= first && c <= last; });
}

/// Words that stay small inside a title, in the main languages.
const word_set& small_words() {
  static const word_set all = {
      "AND", "OF",  "FOR", "THE", "TO",  "WITH", "AT",  "BY",  "OR",
      "DE",  "DEL", "DES", "DU",  "LA",  "LE",   "LES", "EL",  "EN",
      "ET",  "UND", "FUR", "DER", "DIE", "DAS",  "IM",  "ZUR", "DA",
      "DO",  "E",   "Y",   "DI",  "VAN", "VOOR", "IN",  "ON",  "AS"};
  return all;
}

/// Words of three letters that are no abbreviation.
const word_set& short_words() {
  static const word_set all = {"BUS", "CAR", "DAY", "LAB", "LAW", "LOW", "MAN",
                               "NET", "NEW", "OIL", "ONE", "OUR", "TAX", "TEA",
                               "VAN", "WEB", "ART", "BAR", "CUT", "GAS", "KEY",
                               "PAY", "PUB", "SPA", "TOP", "TWO"};
  return all;
}

/// Abbreviations that four letters or more do not spell out.
const word_set& long_abbreviations() {
  static const word_set all = {
      "ABAP", "ACCA",  "AIML",  "APAC", "ASIC", "CCNA", "CCNP", "CICS",
      "CISO", "CISSP", "COBOL", "EMEA", "FICO", "FMCG", "FPGA", "GDPR",
      "HSEQ", "HVAC",  "IFRS",  "IIOT", "ITIL", "ITSM", "JDBC", "LATAM",
      "MEAN", "MERN",  "MSBI",  "NICU", "PICU", "POSM", "SAAS", "SCADA",
      "SDET", "SSIS",  "SSRS",  "VLSI"};
  return all;
}

bool is_initialism(std::string_view word) {
  if (long_abbreviations().count(word) != 0)
    return true;
  auto is_ascii = std::all_of(word.begin(), word.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
  if (is_ascii && word.size() <= 3)
    return short_words().count(word) == 0;
  // "HTML", "CNC3": nobody could speak it as a word.
  return is_ascii && word.size() <= 5
         && word.find_first_of("AEIOUY") == word.npos;
}

/// The first code point of `word` as it is, the others small.
std::string capitalised(std::string_view word) {
  std::size_t first = 1;
  while (first < word.size()
         && (static_cast<unsigned char>(word[first]) & 0xC0U) == 0x80U)
    ++first;
  return std::string{word.substr(0, first)} + text::fold(word.substr(first));
}

std::string quiet(std::string_view word, bool is_first) {
  // ".NET" and "C++" are names.
  if (word.front() == '.' || word.find_first_of("+#") != word.npos)
    return std::string{word};
  if (!is_first && small_words().count(word) != 0)
    return text::fold(word);
  return is_initialism(word) ? std::string{word} : capitalised(word);
}

} // namespace

std::string without_shouting(std::string given) {
  constexpr std::size_t shortest = 8;
  std::string_view title = given;
  if (title.size() < shortest || has_letter(title, 'a', 'z')
      || !has_letter(title, 'A', 'Z'))
    return given;
  std::string out;
  for (std::size_t at = 0; at < title.size();) {
    auto end = std::min(title.find_first_of(" /-,()&|:", at), title.size());
    if (end > at)
      out += quiet(title.substr(at, end - at), out.empty());
    if (end < title.size())
      out += title[end];
    at = end + 1;
  }
  return out;
}

} // namespace jobfarm::normalize
