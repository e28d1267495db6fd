#include "actors/dedupe/same_job.hpp"

#include <algorithm>

namespace jobfarm::dedupe {

namespace {

bool both_known_and_different(const std::string& a, const std::string& b) {
  return !a.empty() && !b.empty() && a != b;
}

/// Postings that name several places are at each of them.
bool share_a_city(const job_posting& a, const job_posting& b) {
  return std::any_of(
      a.locations.begin(), a.locations.end(), [&](const place& one) {
        return !one.city.empty()
               && std::any_of(b.locations.begin(), b.locations.end(),
                              [&](const place& other) {
                                return one.city == other.city
                                       && one.country == other.country;
                              });
      });
}

} // namespace

std::string_view known_difference(const job_posting& a, const job_posting& b,
                                  rule by) {
  if (by == rule::seed)
    return {};
  if (a.source == b.source && a.board == b.board
      && both_known_and_different(a.requisition_id, b.requisition_id))
    return "different requisition ids on one board";
  if (!share_a_city(a, b)) {
    if (both_known_and_different(a.country, b.country))
      return "different country";
    if (both_known_and_different(a.city, b.city))
      return "different city";
  }
  if (a.seniority != seniority::unknown && b.seniority != seniority::unknown
      && a.seniority != b.seniority)
    return "different seniority";
  return {};
}

} // namespace jobfarm::dedupe
