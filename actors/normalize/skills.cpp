#include "actors/normalize/skills.hpp"

#include "actors/text/phrase_table.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace jobfarm::normalize {

namespace {

struct skill {
  std::string_view name;
  /// Lower-case phrases, `|` between them. `^` before one: only with a capital
  /// in the text ("React", not "react to"); `=`: only in capitals ("SAP").
  std::string_view phrases;
};

constexpr skill taxonomy[] = {
#include "actors/normalize/data/skills.inc"
};
constexpr std::size_t skill_count = std::size(taxonomy);

enum class case_rule { any, capital, capitals };

/// What a phrase names and how it must be written.
struct meaning {
  std::size_t skill;
  case_rule rule = case_rule::any;
};

/// Languages whose name is a letter or a verb: skills behind the taxonomy.
constexpr std::string_view short_languages[] = {"go", "r", "c"};
constexpr std::size_t all_count = skill_count + std::size(short_languages);

std::string_view name_of(std::size_t skill) {
  return skill < skill_count ? taxonomy[skill].name
                             : short_languages[skill - skill_count];
}

/// Some of all skills.
class skill_set {
public:
  bool has(std::size_t skill) const {
    return (bits_[skill / 64] >> skill % 64 & 1) != 0;
  }
  void add(std::size_t skill) {
    count_ += !has(skill);
    bits_[skill / 64] |= std::uint64_t{1} << skill % 64;
  }
  std::size_t count() const {
    return count_;
  }

  /// Calls `take(skill)` for each, in the taxonomy's order.
  template <class Take>
  void for_each(Take take) const {
    for (std::size_t i = 0; i < bits_.size(); ++i)
      for (auto rest = bits_[i]; rest != 0; rest &= rest - 1)
        take(64 * i + static_cast<std::size_t>(__builtin_ctzll(rest)));
  }

private:
  std::array<std::uint64_t, all_count / 64 + 1> bits_{};
  std::size_t count_ = 0;
};

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+'
         || c == '#' || c == '.' || c == '/' || c == '&' || c == '-'
         || static_cast<unsigned char>(c) >= 0x80;
}

/// The phrases of all skills in one scanner.
class phrase_list {
public:
  phrase_list() {
    for (std::size_t i = 0; i < skill_count; ++i)
      text::for_each_phrase(taxonomy[i].phrases, [&](std::string_view text) {
        auto rule = text[0] == '^'   ? case_rule::capital
                    : text[0] == '=' ? case_rule::capitals
                                     : case_rule::any;
        text.remove_prefix(rule == case_rule::any ? 0 : 1);
        add(text, {i, rule});
      });
    for (std::size_t i = 0; i < std::size(short_languages); ++i)
      add(short_languages[i], {skill_count + i});
    scanner_.emplace(phrases_, "\n\t");
    scanner_->settle_by(&names_skill);
  }

  static bool names_skill(const text::folded_text& text,
                          const text::phrase_hit& one);

  const text::phrase_scanner& scanner() const {
    return *scanner_;
  }
  const meaning& of(const text::phrase_scanner::hit& found) const {
    return meanings_[found.phrase];
  }

private:
  void add(std::string_view text, meaning what) {
    phrases_.push_back(text);
    meanings_.push_back(what);
  }

  std::vector<std::string_view> phrases_;
  std::vector<meaning> meanings_;
  std::optional<text::phrase_scanner> scanner_;
};

bool is_mark(char c) {
  return c == '.' || c == '/' || c == '-' || c == '&';
}

/// A word without the dot, slash or hyphen that ends it in a sentence.
std::string_view trimmed(std::string_view word) {
  while (word.size() > 1 && is_mark(word.back()))
    word.remove_suffix(1);
  while (word.size() > 1 && (is_mark(word.front()) && word.front() != '.'))
    word.remove_prefix(1);
  return word;
}

/// "aws/gcp" and "python-based" hold words of their own, "next.js" does not.
bool begins_word(std::string_view text, std::size_t at) {
  return at == 0 || !is_word_byte(text[at - 1])
         || (is_mark(text[at - 1]) && text[at - 1] != '.');
}

bool ends_word(std::string_view text, std::size_t at) {
  if (at >= text.size() || !is_word_byte(text[at]))
    return true;
  // A mark that another word does not follow.
  auto c = text[at];
  return is_mark(c)
         && (at + 1 >= text.size() || !is_word_byte(text[at + 1]) || c == '/'
             || c == '-');
}

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

/// Verbs and nouns that a capital at the begin of a sentence makes look like a
/// product, by the word behind them: "Excel at", "React to", "Notion of".
bool is_plain_word(std::string_view phrase, std::string_view behind) {
  constexpr std::pair<std::string_view, std::string_view> plain[] = {
      {"excel", " at | in a| in the| in fast| as "},
      {"react", " to | quickly| fast"},
      {"notion", " of | that "},
      {"rust", " belt| prevention| removal"},
      {"swift", " action| response| delivery| resolution| payment| message|"
                " code| network| fan"},
      {"oracle", " is | has | park| arena"},
      {"dart", " board"},
      {"spark", " joy| change| curiosity| innovation| conversation"},
      {"workday", " is | starts| schedule| begins"},
      {"flutter", " entertainment"},
      {"confluence", " of "}};
  for (auto [word, rest] : plain) {
    if (word != phrase)
      continue;
    while (!rest.empty()) {
      auto end = std::min(rest.find('|'), rest.size());
      if (behind.substr(0, end) == rest.substr(0, end))
        return true;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return false;
}

bool fits_case(case_rule rule, std::string_view written,
               std::string_view folded, std::string_view behind) {
  if (rule == case_rule::capital)
    return is_capital(written[0]) && !is_plain_word(folded, behind);
  return rule == case_rule::any
         || std::none_of(written.begin(), written.end(),
                         [](char c) { return c >= 'a' && c <= 'z'; });
}

/// What stands beside a language whose name is a letter or a verb.
bool is_language(std::string_view word) {
  static constexpr std::string_view all[] = {
      "python",  "java",       "c++",        "sql",    "rust",
      "scala",   "javascript", "typescript", "ruby",   "kotlin",
      "node.js", "nodejs",     "php",        "c#",     "sas",
      "matlab",  "stata",      "julia",      "golang", "perl",
      "bash",    "swift",      "r",          "go",     "haskell",
      "elixir",  "assembly",   "fortran",    "spss",   "tableau",
      "c/c++",   "spark",      "react",      "docker", "kubernetes",
      "node",    "excel"};
  return std::find(std::begin(all), std::end(all), word) != std::end(all);
}

/// "Knowledge of C", not "vitamin" or "level of C".
bool names_command(std::string_view word) {
  return word == "knowledge" || word == "command" || word == "understanding"
         || word == "proficiency" || word == "mastery";
}

bool is_joining(std::string_view word) {
  return word == "and" || word == "or" || word == "&" || word == "and/or";
}

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t';
}

/// Words are looked for near: a long run of blanks costs nothing.
constexpr std::size_t nearby = 40;

std::string_view word_before(std::string_view text, std::size_t at) {
  auto is_gap = [](char c) { return is_blank(c) || c == ',' || c == '('; };
  auto least = at > nearby ? at - nearby : 0;
  while (at > least && is_gap(text[at - 1]))
    --at;
  auto begin = at;
  while (begin > least && is_word_byte(text[begin - 1]))
    --begin;
  return text.substr(begin, at - begin);
}

std::string_view word_behind(std::string_view text, std::size_t at) {
  auto most = std::min(text.size(), at + nearby);
  while (at < most && (is_blank(text[at]) || text[at] == ','))
    ++at;
  auto end = at;
  while (end < most && is_word_byte(text[end]))
    ++end;
  return trimmed(text.substr(at, end - at));
}

/// True for "Go", "R" and "C" as languages: in their case, in a list beside
/// another language, or before a word that says so. "Go live", "R&D" and
/// "Series C" are none.
bool is_short_language(std::string_view written, std::string_view lower,
                       std::size_t at, std::size_t size) {
  if (!is_capital(written[0]) || (size == 2 && is_capital(written[1])))
    return false;
  auto offset = [&](std::string_view word) {
    return static_cast<std::size_t>(word.data() - lower.data());
  };
  auto end = at + size;
  auto next = end < lower.size() ? lower[end] : ' ';
  if (next == '&' || next == '-' || next == '\'' || next == '+')
    return false;
  if (next == '/')
    return is_language(word_behind(lower, end + 1));
  if (at > 0 && lower[at - 1] == '/')
    return is_language(word_before(lower, at - 1));
  auto behind = word_behind(lower, end);
  for (std::string_view says :
       {"programming", "language", "developer", "developers", "engineer",
        "engineers", "studio", "shiny", "code", "codebase", "microservices",
        "scripting", "backend", "lang"})
    if (behind == says)
      return true;
  if (is_joining(behind))
    behind = word_behind(lower, offset(behind) + behind.size());
  auto before = word_before(lower, at);
  if (before == "embedded" || before == "ansi")
    return true;
  if (is_joining(before))
    before = word_before(lower, offset(before));
  auto is_end = end == lower.size() || next == '\n' || next == ','
                || next == '.' || next == ')' || next == ';';
  return is_language(behind) || is_language(trimmed(before))
         || (is_end
             && (before == "in" || before == "with" || before == "using"
                 || before == "written"
                 || (before == "of"
                     && names_command(word_before(lower, offset(before))))));
}

const phrase_list& all_phrases() {
  static const phrase_list made;
  return made;
}

/// Whether the phrase is whole there and written as the skill is.
bool phrase_list::names_skill(const text::folded_text& text,
                              const text::phrase_hit& one) {
  auto folded = text.folded();
  if (!begins_word(folded, one.begin) || !ends_word(folded, one.end))
    return false;
  const auto& what = all_phrases().of(one);
  auto size = one.end - one.begin;
  auto written = text.original_between(one.begin, one.end);
  return what.skill >= skill_count
             ? is_short_language(written, folded, one.begin, size)
             : fits_case(what.rule, written, folded.substr(one.begin, size),
                         folded.substr(one.end));
}

} // namespace

const text::phrase_scanner& skill_phrases() {
  return all_phrases().scanner();
}

std::vector<std::string> skills_in(std::string_view text) {
  return skills_in(text::folded_text{text});
}

std::vector<std::string> skills_in(const text::folded_text& text) {
  const auto& phrases = all_phrases();
  // A sieve leaves only those that do.
  auto is_judged = text.hits_of(phrases.scanner()) != nullptr;
  skill_set found;
  phrases.scanner().scan(text, [&](const text::phrase_hit& one) {
    auto skill = phrases.of(one).skill;
    if (!found.has(skill) && (is_judged || phrase_list::names_skill(text, one)))
      found.add(skill);
  });
  std::vector<std::string> names;
  names.reserve(found.count());
  found.for_each([&](std::size_t skill) {
    auto name = name_of(skill);
    // The taxonomy has some of the short languages too.
    if (skill < skill_count
        || std::find(names.begin(), names.end(), name) == names.end())
      names.emplace_back(name);
  });
  return names;
}

} // namespace jobfarm::normalize
