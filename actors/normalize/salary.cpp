#include "actors/normalize/salary.hpp"

#include "actors/normalize/fx.hpp"
#include "actors/normalize/pay_period.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <cctype>

namespace jobfarm::normalize {

namespace {

/// Least and most that anybody is paid a year, in US dollars.
constexpr double least_usd_a_year = 500;
constexpr double most_usd_a_year = 5e6;

/// Why a range cannot be pay, or empty.
std::string implausible(const pay_range& range) {
  if (range.min && range.max && *range.max < *range.min)
    return "the upper bound is below the lower";
  auto high = range.max ? range.max : range.min;
  auto low = range.min ? range.min : range.max;
  auto usd_high = usd_per_year(high, range.currency, range.period);
  auto usd_low = usd_per_year(low, range.currency, range.period);
  if (usd_high && *usd_high > most_usd_a_year)
    return "too much to be pay";
  if (usd_low && *usd_low < least_usd_a_year)
    return "too little to be pay";
  if (usd_low && usd_high && *usd_low > 0 && *usd_high / *usd_low > 20)
    return "the bounds lie too far apart";
  return {};
}

std::string currency_code(std::string_view given) {
  std::string code{text::collapse_space(given)};
  for (auto& c : code)
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (is_currency(code))
    return code;
  if (code == "€")
    return "EUR";
  if (code == "£")
    return "GBP";
  return code == "$" ? "USD" : "";
}

/// Completes a structured range: bounds that mean "none" go, the period gets
/// the record's word, or custom's where none is said.
salary_finding complete(pay_range range, std::string_view period) {
  auto is_none = [](const std::optional<double>& bound) {
    return !bound || !(*bound > 0);
  };
  if (is_none(range.min))
    range.min.reset();
  if (is_none(range.max))
    range.max.reset();
  salary_finding found;
  range.currency = currency_code(range.currency);
  range.period = pay_period_of(period);
  if (range.period.empty() && (range.min || range.max)) {
    range.period = customary_period(range.min.value_or(range.max.value_or(0)),
                                    range.currency);
    found.is_period_inferred = !range.period.empty();
  }
  found.range = std::move(range);
  found.source = "structured";
  found.confidence = found.is_period_inferred ? 0.8 : 0.98;
  return found;
}

bool has_bounds(const salary_finding& found) {
  return found.range.min || found.range.max;
}

double width(const pay_range& range) {
  return range.min && range.max ? *range.max - *range.min : 0;
}

/// Ranges before single figures, the widest of them; the first among equals.
const salary_finding& widest(const std::vector<salary_finding>& all) {
  return *std::max_element(all.begin(), all.end(),
                           [](const auto& a, const auto& b) {
                             return width(a.range) < width(b.range);
                           });
}

std::optional<salary_finding> from_fields(const salary_input& input,
                                          std::string& rejected) {
  std::vector<salary_finding> all;
  pay_range own{input.min, input.max, std::string{input.currency}, "", ""};
  if (auto found = complete(own, input.period); has_bounds(found))
    all.push_back(std::move(found));
  else
    for (const auto& range : input.ranges)
      if (auto one = complete(range, range.period); has_bounds(one))
        all.push_back(std::move(one));
  all.erase(std::remove_if(all.begin(), all.end(),
                           [&](const salary_finding& one) {
                             auto reason = implausible(one.range);
                             if (!reason.empty())
                               rejected = reason;
                             return !reason.empty();
                           }),
            all.end());
  if (all.empty())
    return std::nullopt;
  auto best = widest(all);
  for (const auto& range : input.ranges)
    best.all.push_back(complete(range, range.period).range);
  return best;
}

std::optional<salary_finding> from_text(std::string_view text,
                                        const salary_input& input,
                                        bool is_field, std::string& rejected) {
  std::vector<salary_finding> good;
  for (auto& one : salaries_in_text(text, input.country, !is_field)) {
    if (is_field && one.range.currency.empty())
      one.range.currency = currency_code(input.currency);
    auto reason = one.range.currency.empty() && !is_field
                      ? std::string{"no currency"}
                      : implausible(one.range);
    if (reason.empty())
      good.push_back(std::move(one));
    else
      rejected = reason;
  }
  if (good.empty())
    return std::nullopt;
  auto best = widest(good);
  best.source = is_field ? "field" : "description";
  if (!is_field)
    best.confidence -= 0.15;
  if (good.size() > 1)
    for (const auto& one : good)
      best.all.push_back(one.range);
  return best;
}

} // namespace

std::optional<double> usd_per_year(std::optional<double> amount,
                                   std::string_view currency,
                                   std::string_view period) {
  auto units = units_per_usd(currency);
  auto periods = periods_per_year(period);
  if (!amount || !units || periods == 0)
    return std::nullopt;
  return *amount * periods / *units;
}

salary_finding find_salary(const salary_input& input) {
  std::string rejected;
  auto found = from_fields(input, rejected);
  if (!found && !input.field.empty())
    found = from_text(input.field, input, true, rejected);
  if (!found && !input.description.empty())
    found = from_text(input.description, input, false, rejected);
  if (!found)
    found = salary_finding{};
  // A reason matters only where nothing was taken instead.
  if (found->source.empty())
    found->rejected = std::move(rejected);
  return *std::move(found);
}

} // namespace jobfarm::normalize
