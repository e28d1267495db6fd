#include "actors/report/analytics.hpp"

#include <algorithm>

namespace jobfarm::report {

std::optional<double> yearly_usd(const job_posting& p) {
  if (p.salary_usd_min && p.salary_usd_max)
    return (*p.salary_usd_min + *p.salary_usd_max) / 2;
  return p.salary_usd_min ? p.salary_usd_min : p.salary_usd_max;
}

tally top(const std::map<std::string, std::int64_t>& counts, std::size_t most) {
  tally all(counts.begin(), counts.end());
  auto kept = std::min(most, all.size());
  std::partial_sort(
      all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(),
      [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
      });
  all.resize(kept);
  return all;
}

void figures::add(const job_posting& posting) {
  ++total_;
  if (auto usd = yearly_usd(posting)) {
    ++with_salary_;
    salary_sum_ += *usd;
  }
  visa_offered_ += posting.visa_sponsorship == visa_sponsorship::offered;
  visa_said_ += posting.visa_sponsorship != visa_sponsorship::unknown;
  if (!posting.company.empty())
    ++companies_[posting.company];
}

std::optional<double> figures::average_salary_usd() const {
  if (with_salary_ == 0)
    return std::nullopt;
  return salary_sum_ / static_cast<double>(with_salary_);
}

std::optional<double> figures::sponsorship_rate() const {
  if (visa_said_ == 0)
    return std::nullopt;
  return static_cast<double>(visa_offered_) / static_cast<double>(visa_said_);
}

tally figures::top_companies(std::size_t most) const {
  return top(companies_, most);
}

void analytics::add(const job_posting& posting) {
  if (posting.posted_at.size() >= 10)
    ++days_[posting.posted_at.substr(0, 10)];
  ++sources_[posting.source];
  ++regions_[posting.region.empty() ? "Other International" : posting.region];
  ++modes_[std::string{to_string(posting.remote)}];
  ++families_[posting.role_family];
  for (const auto& skill : posting.skills)
    ++skills_[skill];
  if (auto usd = yearly_usd(posting))
    salaries_[posting.seniority].push_back(static_cast<float>(*usd));
}

tally analytics::per_day() const {
  constexpr std::size_t most = 30;
  auto first = days_.begin();
  if (days_.size() > most)
    std::advance(first, static_cast<std::ptrdiff_t>(days_.size() - most));
  return {first, days_.end()};
}

tally analytics::per_source() const {
  return top(sources_, sources_.size());
}

tally analytics::per_region() const {
  return top(regions_, regions_.size());
}

tally analytics::per_mode() const {
  return top(modes_, modes_.size());
}

tally analytics::top_skills(std::size_t most) const {
  return top(skills_, most);
}

tally analytics::top_families(std::size_t most) const {
  return top(families_, most);
}

std::vector<analytics::salary_row> analytics::salary_by_seniority() const {
  std::vector<salary_row> rows;
  for (auto [level, salaries] : salaries_) {
    auto middle =
        salaries.begin() + static_cast<std::ptrdiff_t>(salaries.size() / 2);
    std::nth_element(salaries.begin(), middle, salaries.end());
    rows.push_back({std::string{to_string(level)}, static_cast<double>(*middle),
                    static_cast<std::int64_t>(salaries.size())});
  }
  return rows;
}

} // namespace jobfarm::report
