#pragma once

#include "actors/normalize/money.hpp"
#include "actors/normalize/pay_context.hpp"
#include "actors/normalize/salary.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace jobfarm::normalize {

/// Where a sum of money stands.
struct pay_claim {
  std::string_view line;
  const std::vector<money>& amounts;
  /// In the line.
  std::size_t begin = 0;
  bool is_range = false;
  /// What was last found to be pay in the line, in US dollars a year; 0 for
  /// nothing.
  double paid_before = 0;
};

/// Whether words, the rate itself or the shape of the line make it pay.
bool is_pay(const salary_finding& found, const pay_claim& claim,
            const pay_context& context);

/// The upper bound, or the lower if there is none, in US dollars a year.
std::optional<double> usd_a_year(const salary_finding& found);

/// True if nothing but the amount says that it is for an hour.
bool is_hour_guessed(const salary_finding& found);

} // namespace jobfarm::normalize
