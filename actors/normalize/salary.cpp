#include "actors/normalize/salary.hpp"

#include "actors/normalize/currency.hpp"
#include "actors/normalize/fx.hpp"
#include "actors/normalize/no_pay.hpp"
#include "actors/normalize/pay_period.hpp"
#include "actors/normalize/pay_place.hpp"
#include "actors/text/folded_text.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <iterator>
#include <tuple>
#include <utility>

namespace jobfarm::normalize {

namespace {

/// More ranges than any ad has: bounds the work on hostile texts.
constexpr std::ptrdiff_t most_ranges = 60;

/// Least and most that anybody is paid, in US dollars a period. The most leave
/// room for executives, the least for the poorest labour markets, that of the
/// rich for trainees and small jobs in the currencies of rich countries.
struct pay_bounds {
  std::string_view period;
  double least;
  double least_of_rich;
  double most;
};
constexpr pay_bounds bounds[] = {
    {"year", 400, 3'000, 5e6}, {"month", 30, 150, 110'000},
    {"hour", 0.3, 2, 1'500},   {"day", 2, 20, 12'000},
    {"week", 10, 40, 60'000},  {"", 2, 2, 5e6}};

/// The upper bound of a range is at most so many times the lower.
constexpr double widest_pay_ratio = 20;

/// Why a range cannot be pay, or empty.
std::string implausible(const pay_range& range) {
  if (range.min && range.max && *range.max < *range.min)
    return "the upper bound is below the lower";
  auto high = range.max.value_or(range.min.value_or(0));
  auto low = range.min.value_or(range.max.value_or(0));
  if (low > 0 && high / low > widest_pay_ratio)
    return "the bounds lie too far apart";
  auto units = units_per_usd(range.currency);
  const auto* own = std::find_if(
      std::begin(bounds), std::end(bounds),
      [&](const pay_bounds& one) { return one.period == range.period; });
  if (!units || own == std::end(bounds))
    return {};
  auto per_period = [&](std::string reason) {
    return reason + (range.period.empty() ? "any period" : range.period);
  };
  if (high / *units > own->most)
    return per_period("too much to be pay per ");
  auto is_rich = is_of_rich_country(range.currency);
  if (low / *units < (is_rich ? own->least_of_rich : own->least))
    return per_period("too little to be pay per ");
  return {};
}

/// The code that a source's currency field names.
std::string currency_code(std::string_view given, std::string_view country) {
  std::string code{text::collapse_space(given)};
  for (auto& c : code)
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (is_currency(code))
    return code;
  auto mark = currency_after(given, country);
  return mark ? std::string{mark->currency} : std::string{};
}

/// Completes a structured range: bounds that mean "none" go, the period gets
/// the record's word, or custom's where none is said.
salary_finding complete(pay_range range, std::string_view period,
                        std::string_view country) {
  auto is_none = [](const std::optional<double>& bound) {
    return !bound || !(*bound > 0);
  };
  if (is_none(range.min))
    range.min.reset();
  if (is_none(range.max))
    range.max.reset();
  salary_finding found;
  range.currency = currency_code(range.currency, country);
  if (range.currency.empty() && (range.min || range.max)) {
    range.currency = currency_of_country(country);
    found.is_currency_inferred = !range.currency.empty();
  }
  range.period = pay_period_of(period);
  use_known_period(range);
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
  if (!range.min || !range.max)
    return 0;
  auto units = units_per_usd(range.currency).value_or(1);
  auto periods = std::max(1.0, periods_per_year(range.period));
  return (*range.max - *range.min) * periods / units;
}

/// Base pay before pay with bonus, then the range of the posting's own place,
/// then the widest; the first among equals.
salary_finding& best_of(std::vector<salary_finding>& all,
                        const salary_input& input) {
  if (all.size() == 1)
    return all.front();
  own_place own{input.city, input.admin1, input.country};
  auto rank = [&](const salary_finding& one) {
    return std::tuple{!one.is_total, own.closeness(one.range),
                      width(one.range)};
  };
  auto* best = &all.front();
  auto highest = rank(*best);
  for (auto& one : all)
    if (auto own_rank = rank(one); highest < own_rank) {
      best = &one;
      highest = own_rank;
    }
  return *best;
}

std::optional<salary_finding> from_fields(const salary_input& input,
                                          std::string& rejected) {
  if (!input.min && !input.max && input.ranges.empty())
    return std::nullopt;
  std::vector<salary_finding> all;
  pay_range own{input.min, input.max, std::string{input.currency}, "", ""};
  if (auto found = complete(own, input.period, input.country);
      has_bounds(found))
    all.push_back(std::move(found));
  else
    for (const auto& range : input.ranges)
      if (auto one = complete(range, range.period, input.country);
          has_bounds(one))
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
  auto best = std::move(best_of(all, input));
  best.text = input.field;
  for (const auto& range : input.ranges)
    best.all.push_back(complete(range, range.period, input.country).range);
  return best;
}

/// "$3,000 a month" in Buenos Aires is not in pesos: where a bare `$` of the
/// country is no pay and US dollars are, it is those.
void prefer_us_dollars(pay_range& range) {
  if (!is_dollar(range.currency) || implausible(range).empty())
    return;
  auto other = range;
  other.currency = "USD";
  if (implausible(other).empty())
    range = std::move(other);
}

bool is_same(const pay_range& a, const pay_range& b) {
  return a.min == b.min && a.max == b.max && a.currency == b.currency
         && a.period == b.period;
}

/// What a site guesses ("Estimated $80K a year", "(Glassdoor est.)") is not
/// what is offered; "Employer est." is the employer's word.
bool is_guess(std::string_view field) {
  constexpr std::size_t longest_label = 90;
  if (field.empty())
    return false;
  auto folded = text::fold_ascii(field.substr(0, longest_label + 1));
  if (folded.size() > longest_label || folded.find("employer") != folded.npos)
    return false;
  for (std::string_view word :
       {"estimat", " est.", "(est", "geschatzt", "schatzung", "predicted",
        "estime", "stimato", "estimado", "geschat"})
    if (folded.find(word) != folded.npos)
      return true;
  return false;
}

std::optional<salary_finding> from_text(const text::folded_text& text,
                                        const salary_input& input,
                                        bool is_field, std::string& rejected) {
  auto good = salaries_in_text(text, input.country, !is_field);
  auto kept = good.begin();
  for (auto& one : good) {
    if (is_field && one.range.currency.empty())
      one.range.currency = currency_code(input.currency, input.country);
    if (one.is_currency_inferred)
      prefer_us_dollars(one.range);
    auto reason = one.rejected.empty() ? implausible(one.range) : one.rejected;
    auto is_known = std::any_of(good.begin(), kept, [&](const auto& other) {
      return is_same(other.range, one.range);
    });
    if (!reason.empty()) {
      rejected = std::move(reason);
    } else if (!is_known && kept - good.begin() < most_ranges) {
      if (&*kept != &one)
        *kept = std::move(one);
      ++kept;
    }
  }
  good.erase(kept, good.end());
  if (good.empty())
    return std::nullopt;
  std::vector<pay_range> ranges;
  if (good.size() > 1)
    for (auto& one : good) {
      one.range.label = one.label;
      ranges.push_back(one.range);
      ranges.back().is_total = one.is_total;
    }
  std::optional best = std::move(best_of(good, input));
  best->source = is_field ? "field" : "description";
  if (!is_field)
    best->confidence -= 0.15;
  best->all = std::move(ranges);
  best->label = {};
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
  if (!found && is_guess(input.field))
    rejected = "the site's guess";
  else if (!found && !input.field.empty())
    found = from_text(text::folded_text{input.field}, input, true, rejected);
  if (!found && input.folded != nullptr)
    found = from_text(*input.folded, input, false, rejected);
  else if (!found && !input.description.empty())
    found =
        from_text(text::folded_text{input.description}, input, false, rejected);
  if (!found)
    found = salary_finding{};
  // A reason matters only where nothing was taken instead.
  if (found->source.empty())
    found->rejected = std::move(rejected);
  return *std::move(found);
}

} // namespace jobfarm::normalize
