#include "actors/normalize/salary.hpp"

namespace jobfarm::normalize {

namespace {

/// How many of a period that records have none of are in a year; 0 for others.
double times_a_year(std::string_view period) {
  if (period == "two weeks")
    return 26;
  return period == "half a month" ? 24 : 0;
}

/// "$60,000, paid bi-weekly": when it is paid, not what for.
bool is_only_payday(const pay_range& range) {
  constexpr double least_a_year = 2'000;
  constexpr double most_a_year = 400'000;
  auto amount = range.min ? range.min : range.max;
  auto yearly = usd_per_year(amount, range.currency, "year");
  auto a_year = yearly.value_or(0) * times_a_year(range.period);
  return yearly && (a_year < least_a_year || a_year > most_a_year);
}

} // namespace

void use_known_period(pay_range& range) {
  if (times_a_year(range.period) == 0)
    return;
  if (is_only_payday(range)) {
    range.period.clear();
    return;
  }
  auto is_weeks = range.period == "two weeks";
  auto scale = is_weeks ? 0.5 : 2.0;
  for (auto* bound : {&range.min, &range.max})
    if (*bound)
      **bound *= scale;
  range.period_given = is_weeks ? "two weeks" : "half a month";
  range.period = is_weeks ? "week" : "month";
}

} // namespace jobfarm::normalize
