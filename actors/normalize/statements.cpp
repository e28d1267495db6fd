#include "actors/normalize/statements.hpp"

#include "actors/text/phrase_finder.hpp"
#include "actors/text/utf8.hpp"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <array>

namespace jobfarm::normalize {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string lowered(std::string_view text) {
  std::string out{text};
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c + 32);
  return out;
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

/// The sentence around a position: between marks and line breaks.
std::string_view sentence_at(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 400;
  auto low = at > longest ? at - longest : 0;
  auto begin = at;
  while (begin > low && text[begin - 1] != '\n'
         && !(text[begin - 1] == ' ' && begin > 1
              && std::string_view{".!?;"}.find(text[begin - 2])
                     != std::string_view::npos))
    --begin;
  auto end = std::min(text.find('\n', at), text.size());
  for (auto stop = at; stop < end; ++stop)
    if (std::string_view{".!?;"}.find(text[stop]) != std::string_view::npos
        && (stop + 1 == end || text[stop + 1] == ' ')) {
      end = stop + 1;
      break;
    }
  return text.substr(begin, std::min(end - begin, 2 * longest));
}

/// Reads "3", "1.5" before `at`, going left; moves `at` before it.
std::optional<double> number_before(std::string_view text, std::size_t& at) {
  auto end = at;
  while (at > 0
         && (is_digit(text[at - 1])
             || (text[at - 1] == '.' && at > 1 && is_digit(text[at - 2]))))
    --at;
  if (at == end || end - at > 4)
    return std::nullopt;
  return std::strtod(std::string{text.substr(at, end - at)}.c_str(), nullptr);
}

void skip_left(std::string_view text, std::size_t& at, std::string_view marks) {
  while (at > 0 && marks.find(text[at - 1]) != marks.npos)
    --at;
}

/// Moves `at` before one of the words that join a range; false if none ends
/// there.
bool take_join(std::string_view text, std::size_t& at) {
  for (std::string_view join :
       {"to", "-", "\xE2\x80\x93", "\xE2\x80\x94", "and", "bis", "or"})
    if (at >= join.size()
        && text.substr(at - join.size(), join.size()) == join) {
      at -= join.size();
      return true;
    }
  return false;
}

/// A unit of time before `at` as years; moves `at` before it.
double unit_before(std::string_view text, std::size_t& at) {
  for (auto [word, years] :
       {std::pair{"months", 1.0 / 12}, std::pair{"month", 1.0 / 12},
        std::pair{"years", 1.0}, std::pair{"year", 1.0},
        std::pair{"yrs", 1.0}}) {
    std::string_view unit = word;
    if (at >= unit.size()
        && text.substr(at - unit.size(), unit.size()) == unit) {
      at -= unit.size();
      return years;
    }
  }
  return 0;
}

/// Whether what follows a number of years is experience.
bool asks_experience(std::string_view after, std::string_view sentence) {
  if (has(after, "warranty") || has(after, "old") || has(after, "ago")
      || has(after, "anniversary") || has(after, "in business"))
    return false;
  for (std::string_view word :
       {"for over ", "for more than ", "founded", "has been ", "have been ",
        "our company", "we've been", "history"})
    if (has(sentence, word) && !has(after, "experience"))
      return false;
  return has(after, "experience") || has(after, "expertise")
         || has(sentence, "experience") || has(after, "erfahrung")
         || has(after, "in a similar") || has(after, "working ");
}

std::optional<experience_range>
range_before(std::string_view text, std::size_t unit_at, double years) {
  auto at = unit_at;
  skip_left(text, at, " ");
  auto open = false;
  if (at > 0 && text[at - 1] == '+') {
    open = true;
    --at;
  }
  auto high = number_before(text, at);
  if (!high || *high * years > 40)
    return std::nullopt;
  experience_range range;
  auto left = at;
  skip_left(text, left, " ");
  if (take_join(text, left)) {
    skip_left(text, left, " +");
    auto low_years = unit_before(text, left);
    skip_left(text, left, " +");
    if (auto low = number_before(text, left)) {
      range.min = *low * (low_years > 0 ? low_years : years);
      range.max = *high * years;
      return range;
    }
  }
  range.min = *high * years;
  auto before = text.substr(at > 12 ? at - 12 : 0, at > 12 ? 12 : at);
  if (!open && has(before, "up to"))
    return experience_range{std::nullopt, *high * years};
  return range;
}

/// What refuses a visa, in lower case.
constexpr std::string_view refusals[] = {
    "not sponsor",
    "unable to sponsor",
    "cannot sponsor",
    "can't sponsor",
    "can not sponsor",
    "without sponsorship",
    "without visa sponsorship",
    "without the need for sponsorship",
    "not offer sponsorship",
    "not offer visa",
    "not provide sponsorship",
    "not provide visa",
    "no visa sponsorship",
    "no sponsorship",
    "sponsorship is not",
    "sponsorship not",
    "not able to sponsor",
    "not eligible for sponsorship",
    "not eligible for visa",
    "no h1b",
    "no h-1b",
    "unable to offer visa",
    "unable to provide visa",
    "unable to offer sponsorship",
    "unable to provide sponsorship",
    "not available for visa",
    "sponsorship is unavailable",
    "not require sponsorship",
    "not require visa sponsorship",
    "does not provide immigration",
    "not currently sponsor",
};

/// What offers one. A refusal holds words of an offer, so it goes first.
constexpr std::string_view offers[] = {
    "visa sponsorship available",
    "visa sponsorship is available",
    "sponsorship available",
    "sponsorship is available",
    "offer visa sponsorship",
    "provide visa sponsorship",
    "visa sponsorship provided",
    "we sponsor visas",
    "sponsor visas",
    "sponsor your visa",
    "h-1b processing available",
    "h1b sponsorship available",
    "visa support",
    "relocation and visa",
    "visa and relocation",
    "visa sponsorship for",
    "help with visa",
    "visa assistance",
    "will sponsor",
    "able to sponsor",
    "happy to sponsor",
};

/// The refusals, then the offers.
const text::phrase_finder& visa_phrases() {
  static const text::phrase_finder all = [] {
    std::vector<std::string_view> phrases(std::begin(refusals),
                                          std::end(refusals));
    phrases.insert(phrases.end(), std::begin(offers), std::end(offers));
    return text::phrase_finder(std::move(phrases));
  }();
  return all;
}

/// English words that are no words of another language of the Latin script.
constexpr std::string_view english_words[] = {
    "the",  "and",  "of",   "to",    "with",  "for",  "you",  "our",
    "your", "that", "this", "is",    "are",   "will", "have", "from",
    "we",   "be",   "by",   "their", "which", "who",  "they", "has"};

bool is_english_word(std::string_view word) {
  return std::find(std::begin(english_words), std::end(english_words), word)
         != std::end(english_words);
}

/// Whether every part of `text` is plain English: ASCII, and at least one word
/// in five of each quarter is one of its function words. Prose of other
/// languages stays below one in twenty; what is mixed or in doubt is for CLD2.
bool is_plainly_english(std::string_view text) {
  constexpr std::size_t parts = 4;
  constexpr std::size_t fewest_words = 20;
  for (std::size_t part = 0; part < parts; ++part) {
    auto piece = text.substr(part * text.size() / parts, text.size() / parts);
    std::size_t words = 0;
    std::size_t known = 0;
    std::array<char, 8> word{};
    std::size_t size = 0;
    for (std::size_t i = 0; i <= piece.size(); ++i) {
      auto c = i < piece.size() ? piece[i] : ' ';
      if (static_cast<unsigned char>(c) >= 0x80)
        return false;
      auto lower = static_cast<char>(c | 0x20);
      if (lower >= 'a' && lower <= 'z') {
        word[std::min(size++, word.size() - 1)] = lower;
      } else if (size > 0) {
        ++words;
        known += size < word.size() && is_english_word({word.data(), size});
        size = 0;
      }
    }
    if (words < fewest_words || known * 5 < words)
      return false;
  }
  return true;
}

} // namespace

experience_range experience_in(std::string_view given) {
  auto text = lowered(given);
  for (auto [unit, years] : {std::pair{std::string_view{"year"}, 1.0},
                             std::pair{std::string_view{"yrs"}, 1.0},
                             std::pair{std::string_view{"jahre"}, 1.0}}) {
    for (auto at = text.find(unit); at != text.npos;
         at = text.find(unit, at + 1)) {
      auto range = range_before(text, at, years);
      if (!range)
        continue;
      auto after = std::string_view{text}.substr(at, 110);
      if (auto stop = after.find('\n'); stop != after.npos)
        after = after.substr(0, stop);
      if (asks_experience(after, sentence_at(text, at)))
        return *range;
    }
  }
  return {};
}

visa_statement visa_in(std::string_view text) {
  auto folded = lowered(text);
  auto refused = std::string::npos;
  auto offered = std::string::npos;
  visa_phrases().each(folded, [&](std::size_t at, std::size_t which) {
    if (which < std::size(refusals)) {
      refused = at;
      return false;
    }
    offered = std::min(offered, at);
    return true;
  });
  if (refused != std::string::npos)
    return {visa_sponsorship::not_offered,
            std::string{sentence_at(text, refused)}};
  if (offered != std::string::npos)
    return {visa_sponsorship::offered, std::string{sentence_at(text, offered)}};
  return {};
}

std::string language_of(std::string_view text) {
  // CLD2 is reliable from some 200 bytes on; its time grows with the text.
  constexpr std::size_t enough = 800;
  constexpr std::size_t least = 40;
  if (text.size() < least)
    return {};
  if (is_plainly_english(text.substr(0, enough)))
    return "en";
  auto clean = text::repair_utf8(text.substr(0, enough));
  bool reliable = false;
  auto language = CLD2::DetectLanguage(
      clean.data(), static_cast<int>(clean.size()), true, &reliable);
  if (!reliable || language == CLD2::UNKNOWN_LANGUAGE)
    return {};
  return CLD2::LanguageCode(language);
}

} // namespace jobfarm::normalize
