#include "actors/normalize/pay_context.hpp"
#include "actors/normalize/pay_hits.hpp"
#include "actors/normalize/word_list.hpp"
#include "actors/text/affix.hpp"
#include "actors/text/folded_text.hpp"

#include <algorithm>
#include <utility>

// The other part of the pay context: what time an amount is paid for.

namespace jobfarm::normalize {

namespace {

constexpr std::size_t period_reach_after = 48;
constexpr std::size_t period_reach_before = 130;

} // namespace

/// "40 hours per week" is no pay per week.
bool pay_context::is_hours_a_week(const pay_hit& hit) const {
  auto before = window_.substr(0, hit.begin);
  while (!before.empty() && is_one_of(" .", before.back()))
    before.remove_suffix(1);
  // "14x jahrlich": how often.
  if (before.size() > 1 && before.back() == 'x'
      && is_one_of("0123456789", before[before.size() - 2]))
    return true;
  static constexpr listed_word units[] = {
      "hours",   "hour",  "hrs",    "hr",     "h",     "days",
      "stunden", "std",   "tage",   "heures", "jours", "horas",
      "dias",    "ore",   "giorni", "uur",    "dagen", "godzin",
      "timmar",  "timer", "times",  "shifts", "once",  "twice",
      "vezes",   "veces", "fois",   "volte",  "keer",  "mal"};
  constexpr std::size_t longest = 7;
  auto begin = before.size();
  while (text::is_word_before(before, begin)
         && before.size() - begin <= longest)
    --begin;
  return is_listed(before.substr(begin), units);
}

/// "AED 22,000, annual flight ticket": behind a comma, a period right before a
/// word that says nothing of pay.
bool pay_context::is_of_other_thing(const pay_hit& hit) const {
  auto word = hit.end + 1;
  if (between(end_, hit.begin).find(',') == window_.npos
      || word >= window_.size() || window_[hit.end] != ' '
      || !text::is_word_at(window_, word))
    return false;
  return std::none_of(hits_.begin(), hits_.end(), [&](const pay_hit& one) {
    return one.begin == word && one.kind != pay_word::trap;
  });
}

/// A unit written onto the amount: "500pd", "45ph", "2k pcm".
std::string_view pay_context::unit_on_amount() const {
  constexpr std::pair<std::string_view, std::string_view> units[] = {
      {"ph", "hour"},  {"pd", "day"},    {"pw", "week"},
      {"pm", "month"}, {"pcm", "month"}, {"pa", "year"}};
  auto rest = window_.substr(end_, 4);
  // "$29.75 hour", but "$30 hour-long".
  auto words = window_.substr(end_, 6);
  if (text::starts(words, " hour") && !text::is_word_at(words, 5)
      && (words.size() == 5 || words[5] != '-'))
    return "hour";
  for (auto [unit, period] : units)
    if (!rest.empty() && rest.front() == unit.front()
        && rest.substr(0, unit.size()) == unit
        && !text::is_word_at(rest, unit.size()))
      return period;
  return {};
}

/// The period nearest before the amount in its sentence; null for none. The
/// abbreviations "pa" and "pm" stand behind: "månedsløn på 45.000 kr.".
const pay_hit* pay_context::period_before() const {
  const pay_hit* nearest = nullptr;
  for (const auto& one : hits_)
    if (is_period(one.kind) && one.end - one.begin > 2 && one.end <= begin_
        && one.begin >= sentence_begin_
        && begin_ - one.end <= period_reach_before && !is_hours_a_week(one))
      nearest = nearer(nearest, one);
  return nearest;
}

std::string_view pay_context::period() const {
  if (auto unit = unit_on_amount(); !unit.empty())
    return unit;
  auto stop = std::min({clause_end_, next_, end_ + period_reach_after});
  std::string_view implied;
  for (const auto& one : hits_)
    if (is_period(one.kind) && one.begin >= end_ && one.begin <= stop
        && !is_hours_a_week(one) && !is_of_next(one)
        && !is_of_other_thing(one)) {
      // "Weekly pay of $1,400, home daily".
      auto gap = between(end_, one.begin);
      if (gap.find_first_of(",(") != gap.npos
          || gap.find("\xEF\xBC\x88") != gap.npos)
        if (const auto* before = period_before())
          return period_of(before->kind);
      // "CTC" is a year's cost unless "per month" follows.
      if (window_.substr(one.begin, one.end - one.begin) != "ctc")
        return period_of(one.kind);
      implied = period_of(one.kind);
    }
  if (!implied.empty())
    return implied;
  for (const auto& one : hits_)
    if (is_period(one.kind) && one.begin >= begin_ && one.end <= end_)
      return period_of(one.kind);
  const auto* nearest = period_before();
  if (nearest == nullptr && heading_says(is_pay))
    for (const auto& one : heading_.all())
      if (is_period(one.kind))
        nearest = &one;
  return nearest == nullptr ? std::string_view{} : period_of(nearest->kind);
}

bool pay_context::states_rate() const {
  // "3.000 € brutto im Monat".
  auto reach = std::size_t{7} + (is_gross() ? 9 : 0);
  if (!unit_on_amount().empty())
    return true;
  return std::any_of(hits_.begin(), hits_.end(), [&](const pay_hit& one) {
    return is_period(one.kind) && one.begin >= end_ && one.begin - end_ <= reach
           && !is_hours_a_week(one)
           && between(end_, one.begin).find_first_of(";,|") == window_.npos;
  });
}

} // namespace jobfarm::normalize
