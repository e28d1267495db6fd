#include "actors/normalize/pay_senses.hpp"

#include "actors/normalize/pay_hits.hpp"
#include "actors/text/affix.hpp"
#include "actors/text/folded_text.hpp"
#include "messages/byte_block.hpp"

#include <algorithm>

namespace jobfarm::normalize {

namespace {

bool is_other_money(pay_word kind) {
  return kind == pay_word::trap || kind == pay_word::trap_before
         || kind == pay_word::trap_after || kind == pay_word::stipend;
}

bool is_rival(pay_word kind, pay_word other) {
  return other == pay_word::neutral || (is_pay(kind) && is_other_money(other))
         || (is_other_money(kind) && is_pay(other));
}

/// "9am - 6 pm", "PM-03": no month; "MD-JHS": no day.
bool is_code(std::string_view folded, const pay_hit& one) {
  constexpr std::size_t longest_unit = 2;
  return is_period(one.kind) && one.end - one.begin <= longest_unit
         && one.end + 1 < folded.size() && folded[one.end] == '-'
         && text::is_word_at(folded, one.end + 1)
         && text::is_word_at(folded, one.begin);
}

/// "Loan officer", "travel nurse": the word is of the job's name.
bool is_of_title(std::string_view folded, const pay_hit& one) {
  static constexpr std::string_view people[] = {
      "officer",     "manager",    "agent",      "analyst",   "specialist",
      "coordinator", "assistant",  "clerk",      "operator",  "accountant",
      "associate",   "advisor",    "adviser",    "engineer",  "technician",
      "nurse",       "rn",         "director",   "buyer",     "planner",
      "coach",       "trainer",    "instructor", "teacher",   "underwriter",
      "processor",   "consultant", "supervisor", "executive", "administrator",
      "developer",   "designer",   "driver",     "nursing",   "representative",
      "therapist",   "counselor",  "adjuster",   "attorney",  "broker"};
  if (one.kind != pay_word::trap || one.end >= folded.size()
      || folded[one.end] != ' ')
    return false;
  auto behind = folded.substr(one.end + 1);
  for (auto word : people)
    if (!behind.empty() && behind.front() == word.front()
        && behind.substr(0, word.size()) == word
        && !text::is_word_at(behind, word.size()))
      return true;
  return false;
}

/// "1.5x annual pay", "60 % of salary": what something else is measured by.
bool is_measure(std::string_view folded, const pay_hit& one) {
  constexpr std::size_t reach = 16;
  if (one.kind != pay_word::cue)
    return false;
  auto from = one.begin > reach ? one.begin - reach : 0;
  auto before = folded.substr(from, one.begin - from);
  static_assert(reach == block::size);
  auto bytes = block::load_part(before, 0);
  auto marks = block::bits(block::equal(bytes, 'x') | block::equal(bytes, '%')
                           | block::equal(bytes, 't'));
  for (; marks != 0; marks &= marks - 1) {
    auto at = block::first(marks);
    auto rest = before.substr(at);
    auto is_multiple = text::starts(rest, "x ") && at > 0
                       && is_one_of("0123456789", before[at - 1]);
    if (is_multiple || text::starts(rest, "% of ")
        || text::starts(rest, "times "))
      return true;
  }
  return false;
}

bool is_within(const pay_hit& one, const pay_hit& longer) {
  return longer.begin <= one.begin && one.end <= longer.end
         && longer.end - longer.begin > one.end - one.begin;
}

bool is_overruled(const std::vector<pay_hit>& hits, std::size_t at) {
  constexpr std::size_t longest_phrase = 40;
  const auto& one = hits[at];
  if (!is_pay(one.kind) && !is_other_money(one.kind))
    return false;
  auto rules = [&](const pay_hit& other) {
    return is_rival(one.kind, other.kind) && is_within(one, other);
  };
  for (auto i = at; i > 0 && hits[i - 1].end == one.end; --i)
    if (rules(hits[i - 1]))
      return true;
  for (auto i = at + 1; i < hits.size(); ++i) {
    if (hits[i].end > one.end + longest_phrase)
      break;
    if (rules(hits[i]))
      return true;
  }
  return false;
}

/// Verbs of income, whose subject tells whose it is.
bool is_earning(std::string_view word) {
  return word.substr(0, 4) == "earn" || word.substr(0, 3) == "pay"
         || word == "income" || word == "paid";
}

/// "Customers earning", "sellers we serve earn".
bool is_earned_by_outsider(std::string_view folded,
                           const std::vector<pay_hit>& hits, std::size_t at) {
  constexpr std::size_t reach = 16;
  const auto& one = hits[at];
  auto word = folded.substr(one.begin, one.end - one.begin);
  // "The average pay", "the typical pay range".
  auto is_noun = word == "pay" || word.substr(0, 4) == "pay ";
  auto is_average = [&](const pay_hit& other) {
    return is_noun && folded.substr(other.begin, 4) == "the ";
  };
  if (!is_earning(word))
    return false;
  for (auto i = at; i > 0 && hits[i - 1].end + reach >= one.begin; --i)
    if ((hits[i - 1].kind == pay_word::outsider
         || (hits[i - 1].kind == pay_word::trap && word == "pays"))
        && hits[i - 1].end <= one.begin && !is_average(hits[i - 1]))
      return folded.substr(hits[i - 1].end, one.begin - hits[i - 1].end)
                 .find_first_of(".,;:!?")
             == folded.npos;
  return false;
}

} // namespace

void settle_senses(std::string_view folded, std::vector<pay_hit>& hits) {
  for (std::size_t i = 0; i < hits.size(); ++i)
    if (is_overruled(hits, i) || is_code(folded, hits[i])
        || is_measure(folded, hits[i]) || is_of_title(folded, hits[i]))
      hits[i].kind = pay_word::neutral;
    else if (is_earned_by_outsider(folded, hits, i))
      hits[i].kind = pay_word::trap;
}

} // namespace jobfarm::normalize
