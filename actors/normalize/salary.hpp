#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::text {
class folded_text;
} // namespace jobfarm::text

namespace jobfarm::normalize {

/// A range of pay. One exact figure: min = max; "up to": no min; "from", "+":
/// no max.
struct pay_range {
  std::optional<double> min;
  std::optional<double> max;
  std::string currency;
  /// year, month, week, day, hour.
  std::string period;
  /// What it is for: a place or level, where the source says.
  std::string label;
  /// With bonus or commission (OTE, total compensation), not base pay alone.
  bool is_total = false;
  /// "two weeks" or "half a month" where that was said; the bounds are per week
  /// or month then.
  std::string_view period_given = {};
};

/// What is known of a posting's pay.
struct salary_input {
  /// Fields of the source.
  std::optional<double> min;
  std::optional<double> max;
  std::string_view currency;
  std::string_view period;
  /// Several ranges of the source, by place or level.
  std::vector<pay_range> ranges;
  /// The source's display text.
  std::string_view field;
  /// Plain text of the posting; read only if `folded` is absent.
  std::string_view description;
  /// The same, folded by the caller for all readers.
  const text::folded_text* folded = nullptr;
  /// The posting's own place: ISO 3166-1, names as of the record.
  std::string_view country;
  std::string_view admin1;
  std::string_view city;
};

/// A posting's pay and how we know.
struct salary_finding {
  pay_range range;
  /// structured, field or description; empty if there is none.
  std::string_view source;
  /// The words it came from, or stand beside it: a part of what was read.
  std::string_view text;
  /// What they say it is for, folded; only while the text is read.
  std::string_view label;
  double confidence = 0;
  bool is_currency_inferred = false;
  bool is_period_inferred = false;
  bool is_total = false;
  /// Every range found, where there are several.
  std::vector<pay_range> all;
  /// Why what looked like pay was not taken; empty if nothing did.
  std::string rejected;
};

/// Finds the pay: structured fields first, then the display text, then the
/// description. Money that is not pay (funding, budgets, bonuses, allowances)
/// is not taken, nor is net pay, nor a figure that cannot be pay in its
/// currency and period. Of several ranges the one of the posting's own place,
/// else the widest, base pay before pay with bonus; all are kept.
salary_finding find_salary(const salary_input& input);

/// Pay per two weeks or half a month is pay per week or month of a half or
/// twice the amount: 26 or 24 times a year. Where that could not be pay
/// ("$60,000, paid bi-weekly") no period is said. Other periods stay.
void use_known_period(pay_range& range);

/// Pay per year in US dollars; nothing for an unknown currency or period.
std::optional<double> usd_per_year(std::optional<double> amount,
                                   std::string_view currency,
                                   std::string_view period);

/// Pay in running text; `needs_cue` asks for words of pay nearby. What would be
/// pay but must not be taken (net pay) is there with `rejected` set.
std::vector<salary_finding> salaries_in_text(const text::folded_text& text,
                                             std::string_view country,
                                             bool needs_cue);

} // namespace jobfarm::normalize
