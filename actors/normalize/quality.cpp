#include "actors/normalize/quality.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace jobfarm::normalize {

namespace {

constexpr std::size_t short_description = 200;

double rounded(double value, double steps) {
  return std::round(value * steps) / steps;
}

bool has_pay(const job_posting& p) {
  return p.salary_min || p.salary_max;
}

} // namespace

double completeness_of(const job_posting& p) {
  const std::array<bool, 12> present = {
      !p.title.empty(),
      !p.company.empty(),
      !p.url.empty(),
      !p.country.empty() || !p.location_scope.empty(),
      !p.city.empty() || p.remote == work_mode::remote,
      p.remote != work_mode::unknown,
      has_pay(p),
      !p.posted_at.empty(),
      p.description.size() >= short_description,
      p.employment_type != employment_type::unknown,
      p.seniority != seniority::unknown,
      !p.skills.empty(),
  };
  auto count = std::count(present.begin(), present.end(), true);
  return rounded(100.0 * static_cast<double>(count)
                     / static_cast<double>(present.size()),
                 10);
}

double quality_of(const job_posting& p, bool rejected_pay) {
  double score = 1;
  auto doubt = [&](bool is_there, double weight) {
    if (is_there)
      score -= weight;
  };
  doubt(p.company.empty(), 0.15);
  doubt(p.url.empty(), 0.15);
  doubt(!p.location.empty() && p.country.empty() && p.location_scope.empty()
            && p.remote == work_mode::unknown,
        0.15);
  doubt(p.description.empty(), 0.25);
  doubt(!p.description.empty() && p.description.size() < short_description,
        0.15);
  doubt(p.posted_at.empty(), 0.1);
  // Pay that is doubted is still more evidence than none.
  constexpr double no_pay = 0.15;
  doubt(!has_pay(p), no_pay);
  doubt(has_pay(p) && !p.salary_inferred.empty(), 0.05);
  if (has_pay(p))
    score -= std::min((1 - p.salary_confidence.value_or(0)) / 5, no_pay - 0.05);
  doubt(p.title.size() > 150 || p.title.size() < 3, 0.2);
  doubt(rejected_pay, 0.05);
  return rounded(std::clamp(score, 0.0, 1.0), 1000);
}

} // namespace jobfarm::normalize
