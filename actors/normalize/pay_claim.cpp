#include "actors/normalize/pay_claim.hpp"

#include "actors/normalize/no_pay.hpp"

namespace jobfarm::normalize {

namespace {

/// Where no word calls it pay: a promise, a tax, a rate or the shape of its
/// clause must.
bool is_unsaid_pay(const salary_finding& found, const pay_claim& claim,
                   const pay_context& context, double yearly) {
  const auto& period = found.range.period;
  const auto is_range = claim.is_range;
  auto is_rate = context.states_rate();
  auto is_guess = is_hour_guessed(found);
  if (context.is_promised() && !is_guess
      && (is_range || is_rate || period == "year"
          || !is_of_rich_country(found.range.currency)))
    return true;
  if (context.is_gross() && (is_range || is_rate))
    return true;
  // "$20 to $40" alone could be anything.
  if (is_guess)
    return false;
  auto is_listed = is_range
                   && is_pay_list(claim.line, claim.amounts, claim.begin)
                   && (context.stands_alone() || is_short_line(claim.line));
  if (is_listed && yearly > least_listed_pay(found.range.currency))
    return true;
  auto is_long = is_range || period == "year" || period == "month";
  auto is_close = is_close_range(found.range.min, found.range.max, yearly)
                  && (is_rate || context.stands_alone() || context.adds_more());
  return is_close
         || (is_rate && is_living(period, yearly, is_range)
             && (!is_long || is_listed || context.stands_alone()));
}

} // namespace

bool is_pay(const salary_finding& found, const pay_claim& claim,
            const pay_context& context) {
  if (context.has_cue(claim.is_range))
    return true;
  constexpr double most_unsaid = 1e6;
  auto yearly = usd_a_year(found);
  if (!yearly || *yearly < least_unsaid_pay(found.range.currency)
      || *yearly > most_unsaid)
    return false;
  // "..., for Canada residents: CAD 110,000 - 140,000".
  constexpr double alike = 2.5;
  if (claim.is_range
      && *yearly<claim.paid_before * alike&& * yearly> claim.paid_before
             / alike)
    return true;
  return is_unsaid_pay(found, claim, context, *yearly);
}

std::optional<double> usd_a_year(const salary_finding& found) {
  return usd_per_year(found.range.max ? found.range.max : found.range.min,
                      found.range.currency, found.range.period);
}

bool is_hour_guessed(const salary_finding& found) {
  return found.is_period_inferred && found.range.period == "hour";
}

} // namespace jobfarm::normalize
