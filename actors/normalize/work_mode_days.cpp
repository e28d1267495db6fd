#include "actors/normalize/word_list.hpp"
#include "actors/normalize/work_mode_context.hpp"
#include "actors/text/phrase_table.hpp"

namespace jobfarm::normalize {

int days_before(std::string_view text, std::size_t at) {
  constexpr std::size_t reach = 20;
  auto from = at > reach ? at - reach : 0;
  auto before = text.substr(from, at - from);
  auto drop_blanks = [&] {
    while (!before.empty() && (before.back() == ' ' || before.back() == '-'))
      before.remove_suffix(1);
  };
  drop_blanks();
  static constexpr std::string_view qualifiers[] = {
      " remote",  " office", " home", " in-office", " in office", " onsite",
      " on-site", " wfh",    " full", " working",   " weekly"};
  for (auto place : qualifiers)
    if (ends_with(before, place)) {
      before.remove_suffix(place.size());
      drop_blanks();
      break;
    }
  auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
  if (before.size() > 1 && before.back() == 'x'
      && is_digit(before[before.size() - 2]))
    before.remove_suffix(1);
  if (!before.empty() && is_digit(before.back())) {
    if (before.size() > 1
        && (is_digit(before[before.size() - 2])
            || before[before.size() - 2] == '.'))
      return 0;
    return before.back() - '0';
  }
  static const text::phrase_table<int> numbers({
      {1, "one|ein|einen|einem|un|une|uno|um|en|jeden|один|een"},
      {2, "couple "
          "of|two|zwei|deux|dos|due|dois|duas|twee|dwa|tva|to|dve|dva|два|iki|"
          "kaksi|doua|ket"},
      {3, "few|several|three|drei|trois|tres|tre|drie|trzy|tri|три|uc|kolme|"
          "trei|harom"},
      {4, "four|vier|quatre|cuatro|quattro|quatro|cztery|fyra|fire|ctyri|"
          "четыре|dort|nelja|patru|negy"},
      {5, "all|five|funf|cinq|cinco|cinque|vijf|piec|fem|pet|пять|bes"},
  });
  int found = 0;
  numbers.scanner().scan(before, [&](const text::phrase_hit& one) {
    if (one.end == before.size())
      found = numbers.kind(one);
  });
  return found;
}

bool is_leave(std::string_view text, std::size_t days_end,
              std::size_t place_begin, std::size_t place_end,
              std::string_view gap) {
  static constexpr listed_word leaves[] = {
      "leave",        "vacation",     "urlaub",     "off",      "pto",
      "paid",         "conge",        "vacaciones", "ferias",   "ferie",
      "vakantie",     "urlop",        "notice",     "training", "onboarding",
      "induction",    "einarbeitung", "volunteer",  "closed",   "travel",
      "of experience"};
  const auto words = words_behind(text, days_end);
  const std::string_view behind = words;
  if (has_one(gap, leaves)
      || (starts(behind, " ") && starts_with_one(behind.substr(1), leaves)))
    return true;
  static constexpr listed_word others[] = {"customer", "client", "deplac",
                                           "visit"};
  static constexpr listed_word gifts[] = {" budget", " stipend", " allowance",
                                          "r "};
  return has_one(words_before(text, place_begin), others)
         || starts_with_one(words_behind(text, place_end), gifts);
}

} // namespace jobfarm::normalize
