#pragma once

#include "messages/posting.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm::report {

/// A name with its count, most frequent first where listed.
using tally = std::vector<std::pair<std::string, std::int64_t>>;

/// Figures of a set of postings, added up one by one.
class figures {
public:
  void add(const job_posting& posting);

  std::int64_t total() const noexcept {
    return total_;
  }
  /// Mean of the middles of the USD ranges a year; nothing without any.
  std::optional<double> average_salary_usd() const;
  std::int64_t with_salary() const noexcept {
    return with_salary_;
  }
  /// Share of postings that offer a visa among those that say anything.
  std::optional<double> sponsorship_rate() const;
  tally top_companies(std::size_t most) const;

private:
  std::int64_t total_ = 0;
  std::int64_t with_salary_ = 0;
  double salary_sum_ = 0;
  std::int64_t visa_offered_ = 0;
  std::int64_t visa_said_ = 0;
  std::map<std::string, std::int64_t> companies_;
};

/// What the Analytics sheet shows.
class analytics {
public:
  void add(const job_posting& posting);

  /// Days in order, at most the last 30 that have postings.
  tally per_day() const;
  tally per_source() const;
  tally per_region() const;
  tally per_mode() const;
  tally top_skills(std::size_t most) const;
  tally top_families(std::size_t most) const;
  /// Median USD a year by seniority, with the number of salaries behind it.
  struct salary_row {
    std::string seniority;
    double median = 0;
    std::int64_t count = 0;
  };
  std::vector<salary_row> salary_by_seniority() const;

private:
  std::map<std::string, std::int64_t> days_;
  std::map<std::string, std::int64_t> sources_;
  std::map<std::string, std::int64_t> regions_;
  std::map<std::string, std::int64_t> modes_;
  std::map<std::string, std::int64_t> skills_;
  std::map<std::string, std::int64_t> families_;
  std::map<seniority, std::vector<float>> salaries_;
};

/// Middle of the USD range a year; nothing where pay is not known in USD.
std::optional<double> yearly_usd(const job_posting& posting);

/// The `most` frequent entries, ties by name.
tally top(const std::map<std::string, std::int64_t>& counts, std::size_t most);

} // namespace jobfarm::report
