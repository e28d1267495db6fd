#pragma once

#include "actors/enrich/fit.hpp"
#include "actors/report/report_writer.hpp"
#include "actors/store/store.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace jobfarm::nodes {

/// What to hand out of a query's result.
struct export_order {
  /// Files by their endings: .xlsx, .csv, .jsonl.
  std::vector<std::string> paths;
  /// `none` leaves the postings as they are.
  enrich_level level = enrich_level::basic;
  enrich::profile profile;
  /// Which postings of the result to write, asked by two threads; null for
  /// all.
  std::function<bool(const job_posting&)> match;
  /// Most postings to write, 0 for all.
  std::int64_t limit = 0;
  /// Seconds since 1970; recency counts from it.
  std::int64_t as_of = 0;
  report::report_options options;
};

/// Reads the postings that `query_id` found, scores them and writes every file
/// of the order; either all files appear or none. Returns how many postings
/// each holds. Errors: store_failed, invalid_input.
expected<std::int64_t> export_query(const store::store& disk,
                                    const std::string& query_id,
                                    const export_order& order);

} // namespace jobfarm::nodes
