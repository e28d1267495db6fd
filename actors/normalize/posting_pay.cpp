#include "actors/normalize/posting_pay.hpp"

#include "actors/normalize/fx.hpp"

#include <cmath>

namespace jobfarm::normalize {

salary_finding find_pay(const raw_posting& raw, const extra_fields& extra,
                        const text::folded_text& description,
                        const job_posting& posting) {
  salary_input input;
  input.min = raw.salary_min;
  input.max = raw.salary_max;
  input.currency = raw.salary_currency;
  input.period = raw.salary_period;
  input.ranges = extra.salary_ranges;
  input.field = raw.salary;
  input.folded = &description;
  input.country = posting.country;
  input.admin1 = posting.admin1;
  input.city = posting.city;
  return find_salary(input);
}

void set_pay(const salary_finding& found, job_posting& posting) {
  if (found.source.empty())
    return;
  posting.salary_min = found.range.min;
  posting.salary_max = found.range.max;
  posting.salary_currency = found.range.currency;
  posting.salary_period = found.range.period;
  posting.salary_source = found.source;
  posting.salary_text = found.text;
  posting.salary_confidence = std::round(found.confidence * 100) / 100;
  if (found.is_currency_inferred)
    posting.salary_inferred.emplace_back("currency");
  if (found.is_period_inferred && !found.range.period.empty())
    posting.salary_inferred.emplace_back("period");
  auto usd = [&](std::optional<double> amount) {
    auto yearly =
        usd_per_year(amount, found.range.currency, found.range.period);
    return yearly ? std::optional{std::round(*yearly)} : std::nullopt;
  };
  posting.salary_usd_min = usd(posting.salary_min);
  posting.salary_usd_max = usd(posting.salary_max);
  if (posting.salary_usd_min || posting.salary_usd_max)
    posting.salary_rate_date = fx_date;
}

bool has_pay_fields(const raw_posting& raw, const extra_fields& extra) {
  return raw.salary_min || raw.salary_max || !raw.salary.empty()
         || !extra.salary_ranges.empty();
}

} // namespace jobfarm::normalize
