#pragma once

#include "actors/normalize/normalizer.hpp"
#include "actors/plan/job_count.hpp"
#include "actors/plan/query_match.hpp"
#include "actors/store/found_reader.hpp"
#include "actors/store/store.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm::nodes {

/// Tells which postings a query asks for; recent is what was so when it was
/// submitted.
plan::query_match match_of(const job_query& query,
                           const normalize::gazetteer& world);

/// The id of the last posting that a query hands out; empty if its limit, or
/// none, leaves none out. Errors: store_failed.
expected<std::string> last_handed_out(const store::store& disk,
                                      const job_query& query,
                                      const plan::query_match& match);

/// Which of the postings that a query found are handed out, page by page: the
/// first by id that it asks for as they stand now, no more than its limit. A
/// posting is found by one of its records; another of the same job, or a later
/// one, may have made something else of it. One thread at a time.
class result_pages {
public:
  /// Begins behind `after`, and ends with `last` (see above). `disk` lives
  /// longer.
  result_pages(const store::store& disk, const std::string& query_id,
               plan::query_match match, const std::string& after,
               std::string last);

  /// The next ones, at most `most`; fewer only at the end. Errors:
  /// store_failed.
  expected<std::vector<job_posting>> next(std::size_t most);

private:
  const store::store& disk_;
  plan::query_match match_;
  std::string last_;
  store::found_reader found_;
  job_posting room_;
};

/// Counts what a query hands out (see above), some postings at a time: whoever
/// counts has other things to do. One thread at a time.
class result_count {
public:
  /// `disk` lives longer.
  result_count(const store::store& disk, const job_query& query,
               plan::query_match match);

  /// Reads some more; nothing until all are counted. Errors: store_failed.
  expected<std::optional<std::int64_t>> go_on();

private:
  const store::store& disk_;
  std::int64_t limit_;
  plan::query_match match_;
  store::found_reader found_;
  std::int64_t count_ = 0;
  job_posting room_;
};

/// Begins to count how many postings a query hands out that has found so many:
/// those are read only if it asks for some.
std::function<job_count(const job_query&, std::int64_t)>
job_counter(std::shared_ptr<const store::store> disk,
            std::shared_ptr<const normalize::normalizer> rules);

} // namespace jobfarm::nodes
