#include "actors/normalize/statements.hpp"

#include "actors/normalize/sentence_end.hpp"
#include "actors/normalize/word_list.hpp"
#include "actors/text/affix.hpp"
#include "actors/text/ascii.hpp"
#include "actors/text/folded_text.hpp"
#include "actors/text/phrase_table.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace jobfarm::normalize {

namespace {

using text::is_digit;

using text::has;

/// Numbers from one to ten in the main languages, folded.
const std::unordered_map<std::string_view, int>& number_words() {
  static const auto all = [] {
    constexpr std::string_view words[] = {
        "one|ein|eine|einem|un|une|uno|una|um|een|jeden|jedno",
        "two|zwei|deux|dos|due|dois|duas|twee|dwa|dwoch",
        "three|drei|trois|tres|tre|drie|trzy|trzech",
        "four|vier|quatre|cuatro|quattro|quatro|cztery",
        "five|funf|cinq|cinco|cinque|vijf|piec|pieciu",
        "six|sechs|seis|sei|zes|szesc",
        "seven|sieben|sept|siete|sette|sete|zeven",
        "eight|acht|huit|ocho|otto|oito",
        "nine|neun|neuf|nueve|nove|negen",
        "ten|zehn|dix|diez|dieci|dez|tien"};
    std::unordered_map<std::string_view, int> made;
    auto number = 0;
    for (auto list : words) {
      ++number;
      text::for_each_phrase(list,
                            [&](auto word) { made.emplace(word, number); });
    }
    return made;
  }();
  return all;
}

/// "five", "drei": a number's word before `at`; moves `at` before it.
std::optional<double> number_word_before(std::string_view text,
                                         std::size_t& at) {
  constexpr std::size_t shortest = 2;
  constexpr std::size_t longest = 9;
  auto begin = at;
  while (begin > 0 && at - begin < longest && text[begin - 1] >= 'a'
         && text[begin - 1] <= 'z')
    --begin;
  if (at - begin < shortest || at - begin == longest)
    return std::nullopt;
  auto known = number_words().find(text.substr(begin, at - begin));
  if (known == number_words().end())
    return std::nullopt;
  at = begin;
  return known->second;
}

/// Reads "3", "1.5", "three", "three (3)" before `at`, going left; moves `at`
/// before it.
std::optional<double> number_before(std::string_view text, std::size_t& at) {
  while (at > 0 && (text[at - 1] == ')' || text[at - 1] == ' '))
    --at;
  auto end = at;
  while (at > 0
         && (is_digit(text[at - 1])
             || (text[at - 1] == '.' && at > 1 && is_digit(text[at - 2]))))
    --at;
  if (at == end)
    return number_word_before(text, at);
  if (end - at > 4)
    return std::nullopt;
  auto digits = text.substr(at, end - at);
  if (digits.find('.') != digits.npos)
    return std::strtod(std::string{digits}.c_str(), nullptr);
  auto number = 0;
  for (char c : digits)
    number = number * 10 + (c - '0');
  return number;
}

void skip_left(std::string_view text, std::size_t& at, std::string_view marks) {
  while (at > 0 && marks.find(text[at - 1]) != marks.npos)
    --at;
}

/// Moves `at` before one of the words that join a range; false if none ends
/// there.
bool take_join(std::string_view text, std::size_t& at) {
  static constexpr std::string_view joins[] = {
      "to",           "-",  "\xE2\x80\x93", "\xE2\x80\x94", "and",
      "bis",          "or", " a",           "tot",          " do",
      " y",           " e", "et",           "till",         "til",
      " al",          "до", "至",           "到",           "\xE3\x80\x9C",
      "\xEF\xBD\x9E", "~"};
  for (auto join : joins)
    if (at >= join.size() && text[at - 1] == join.back()
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

constexpr std::string_view experience_words[] = {
    "experience", "expertise",   "erfahrung",   "experiencia", "esperienza",
    "ervaring",   "doswiadcz",   "zkusenost",   "erfarenhet",  "erfaring",
    "опыт",       "tapasztalat", "experienta",  "kokemus",     "経験",
    "经验",       "經驗",        "경험",        "경력",        "praxe",
    "praxi",      "deneyim",     "tecrube",     "iskustv",     "досвід",
    "опит",       "εμπειρια",    "kinh nghiem", "pengalaman",  "ניסיון",
    "خبرة",       "patirti",     "kogemus",     "ประสบการณ์",   " exp.",
    " exp ",      "exp:",        "exp -",       "yoe",         "yrs exp"};

bool names_experience(std::string_view folded) {
  static const auto texts = [] {
    std::vector<std::string> all;
    for (auto word : experience_words)
      all.push_back(text::fold_ascii(word));
    return all;
  }();
  static const std::vector<listed_word> words = [] {
    std::vector<listed_word> all;
    for (const auto& one : texts)
      all.emplace_back(std::string_view{one});
    return all;
  }();
  // Most say it in the first word of the list.
  return has(folded, texts.front()) || has_one(folded, words);
}

/// Whether the years are those of who hires: "we have", "our company".
bool boasts(std::string_view before) {
  static constexpr listed_word claims[] = {
      "we have",     "we've",       "we bring",      "our company",
      "our team",    "our firm",    "company has",   "company with",
      "firm with",   "team with",   "agency with",   "wir haben",
      "wir blicken", "nous avons",  " nos ",         "contamos con",
      "temos ",      "abbiamo",     "wij hebben",    "founded",
      "established", "aged ",       "our founders",  "empresa con",
      "empresa com", "azienda con", "entreprise de", "unternehmen mit"};
  return has_one(before, claims);
}

/// Whether what follows a number of years is experience.
bool asks_experience(std::string_view after, std::string_view sentence) {
  static constexpr listed_word ages[] = {"warranty", " old", "ago",
                                         "anniversary", "in business"};
  if (has_one(after, ages))
    return false;
  if (text::ends(after, " exp"))
    return true;
  if (names_experience(after))
    return true;
  static constexpr listed_word histories[] = {
      "for over ",  "for more than ", "founded",    "has been ",
      "have been ", "our company",    "we've been", "history",
      "seit uber",  "depuis plus",    "gegrundet"};
  return !has_one(sentence, histories)
         && (names_experience(sentence) || has(after, "in a similar")
             || has(after, "working "));
}

/// "5+ years in product management": what stands behind an open number of years
/// is what somebody has done, without the word.
bool names_practice(std::string_view after) {
  static constexpr listed_word ages[] = {
      "in business", "in the market", " old",      " of age",
      "of service",  "ago",           "of growth", "of success",
      "of history",  "of innovation"};
  if (has_one(after, ages))
    return false;
  after.remove_prefix(std::min(after.find(' '), after.size()));
  static constexpr listed_word practices[] = {" in ",
                                              " as ",
                                              " with ",
                                              " of ",
                                              " using ",
                                              " building ",
                                              " leading ",
                                              " managing ",
                                              " developing ",
                                              " designing ",
                                              " writing ",
                                              " running ",
                                              " owning ",
                                              " shipping ",
                                              " selling ",
                                              " teaching ",
                                              " supporting ",
                                              " coding ",
                                              " professional ",
                                              " hands-on ",
                                              " industry ",
                                              " practical ",
                                              " relevant ",
                                              " working ",
                                              " under your belt"};
  return starts_with_one(after, practices);
}

/// "Less than", "maximum of": the number behind is the most.
bool names_most(std::string_view before) {
  while (!before.empty() && before.back() == ' ')
    before.remove_suffix(1);
  static constexpr std::string_view words[] = {
      "up to",  "less than",    "maximum of",    "maximum", "max",
      "max.",   "no more than", "not more than", "at most", "under",
      "bis zu", "maximal",      "hochstens",     "jusqu'a", "maximum de",
      "hasta",  "ate",          "fino a",        "tot",     "do",
      "до",     "не более"};
  for (auto word : words)
    if (before.size() > word.size()
            ? before.substr(before.size() - word.size()) == word
                  && before[before.size() - word.size() - 1] == ' '
            : before == word)
      return true;
  return false;
}

/// "At least", "a minimum of": the number behind is the least.
bool names_least(std::string_view before) {
  return text::ends(before, "at least ") || text::ends(before, "minimum of ")
         || text::ends(before, "minimum ") || text::ends(before, "min ");
}

/// A range, and whether it was written "5+" or "at least 5".
struct written_range : experience_range {
  bool is_open = false;
};

std::optional<written_range> range_before(std::string_view text,
                                          std::size_t unit_at, double years) {
  auto at = unit_at;
  skip_left(text, at, " -");
  auto open = false;
  static constexpr std::string_view mores[] = {
      "+", "or more", "plus", "oder mehr", "ou plus", "o mas", "of meer"};
  for (auto more : mores)
    if (at > more.size() && text[at - 1] == more.back()
        && text.substr(at - more.size(), more.size()) == more) {
      open = true;
      at -= more.size();
      break;
    }
  auto high = number_before(text, at);
  if (!high || *high * years > 40)
    return std::nullopt;
  written_range range;
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
  constexpr std::size_t reach = 16;
  auto from = at > reach ? at - reach : 0;
  if (!open && names_most(text.substr(from, at - from)))
    return written_range{{std::nullopt, *high * years}};
  range.is_open = open || names_least(text.substr(from, at - from));
  return range;
}

/// Units of time, by how many of them a year has.
constexpr text::phrase_group<int> units[] = {
    {1, "year*|yrs|yr|yoe|jahr*|ans|annees|anos|ano|anni|anno|jaar|lat|lata|"
        "letni*|rok|let|roky|roku|rokov|ar|ars|arig|aring|vuotta|vuoden|vuosi|"
        "aasta*|metu|metai|gadi|gadu|godina|godine|ani|лет|год|года|років|"
        "роки|рік|ev|eves|yil|yili|yillik|χρονια|ετη|nam|tahun|"
        "שנים|שנות|سنوات|سنة|年|년|ปี"},
    {12, "month|months|monate|monaten|mois|meses|mesi|maanden|miesiecy|"
         "miesiace|mesicu|manader|maneder|месяцев|месяца|个月|ヶ月|か月|개월"},
};

const text::phrase_table<int>& unit_table() {
  static const text::phrase_table<int> made(units);
  return made;
}

/// "Years of experience: 5".
std::optional<experience_range> number_behind_label(std::string_view after) {
  if (!text::starts(after, "years"))
    return std::nullopt;
  static constexpr std::string_view labels[] = {
      "years of experience:", "years experience:", "years' experience:",
      "years of experience -", "years of experience required:"};
  for (auto label : labels)
    if (after.substr(0, label.size()) == label) {
      auto rest = after.substr(label.size());
      rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
      std::size_t digits = 0;
      while (digits < rest.size() && is_digit(rest[digits]))
        ++digits;
      if (digits == 0 || digits > 2)
        return std::nullopt;
      auto years = std::stod(std::string{rest.substr(0, digits)});
      return years <= 40 ? std::optional{experience_range{years, std::nullopt}}
                         : std::nullopt;
    }
  return std::nullopt;
}

/// What the text says around one unit of time, if it is experience.
std::optional<experience_range> read_unit(std::string_view text, std::size_t at,
                                          int a_year) {
  constexpr std::size_t reach = 110;
  constexpr std::size_t boast_reach = 60;
  auto after = text.substr(at, reach);
  if (auto labelled = number_behind_label(after))
    return labelled;
  auto range = range_before(text, at, 1.0 / a_year);
  if (!range)
    return std::nullopt;
  after = after.substr(0, std::min(after.find('\n'), after.find(';')));
  // "6 months to 1 year" is read at its end.
  constexpr std::size_t join_reach = 14;
  auto is_begin =
      a_year != 1
      && after.substr(0, join_reach).find_first_of("0123456789") != after.npos;
  if (is_begin)
    return std::nullopt;
  auto sentence = sentence_at(text, at);
  auto begin = static_cast<std::size_t>(sentence.data() - text.data());
  auto from = std::max(begin, at > boast_reach ? at - boast_reach : 0);
  if (boasts(text.substr(from, at - from)))
    return std::nullopt;
  // "Within 6 months" is no experience, nor a contract of 12.
  auto is_asked = a_year == 1 ? asks_experience(after, sentence)
                                    || (range->is_open && names_practice(after))
                              : names_experience(after.substr(0, 40));
  return is_asked ? std::optional<experience_range>{*range} : std::nullopt;
}

} // namespace

const text::phrase_scanner& experience_phrases() {
  return unit_table().scanner();
}

experience_range experience_in(std::string_view given) {
  return experience_in(text::folded_text{given});
}

experience_range experience_in(const text::folded_text& given) {
  auto text = given.folded();
  std::optional<experience_range> found;
  const auto& units_of_time = unit_table();
  units_of_time.scanner().scan(given, [&](const text::phrase_hit& unit) {
    if (!found)
      found = read_unit(text, unit.begin, units_of_time.kind(unit));
  });
  return found.value_or(experience_range{});
}

} // namespace jobfarm::normalize
