#pragma once

#include "actors/normalize/normalizer.hpp"
#include "actors/plan/job_count.hpp"
#include "actors/plan/query_match.hpp"
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

/// Which of the postings that a query found are handed out: the first by id
/// that it asks for as they stand now, no more than its limit. A posting is
/// found by one of its records; another of the same job, or a later one, may
/// have made something else of it. Any thread.
class handed_out {
public:
  /// `match` decides for `query`; both live as long as this and the store.
  handed_out(const store::store& disk, const job_query& query,
             const plan::query_match& match);

  /// The id of the last one within the limit; empty if the limit, or none,
  /// leaves none out. Errors: store_failed.
  expected<std::string> last() const;

  /// The first ones behind `after`, at most `most`, none behind `last` (see
  /// above). Errors: store_failed.
  expected<std::vector<job_posting>> behind(const std::string& after,
                                            const std::string& last,
                                            std::size_t most) const;

private:
  expected<void> visit(const std::string& after,
                       const store::visitor<job_posting>& visit) const;

  const store::store& disk_;
  const job_query& query_;
  const plan::query_match& match_;
};

/// Counts what a query hands out (see above), some postings at a time: whoever
/// counts has other things to do. Any thread, one at a time.
class result_count {
public:
  /// `disk` lives longer.
  result_count(const store::store& disk, job_query query,
               plan::query_match match);

  /// Reads some more; nothing until all are counted. Errors: store_failed.
  expected<std::optional<std::int64_t>> go_on();

private:
  expected<void> find_next();
  expected<void> read_some();

  const store::store& disk_;
  job_query query_;
  plan::query_match match_;
  /// Those found that are being read, and how many of them were.
  std::vector<std::string> ids_;
  std::size_t read_ = 0;
  bool is_begun_ = false;
  std::int64_t count_ = 0;
  job_posting room_;
};

/// Begins to count how many postings a query hands out that has found so many:
/// those are read only if it asks for some.
std::function<job_count(const job_query&, std::int64_t)>
job_counter(std::shared_ptr<const store::store> disk,
            std::shared_ptr<const normalize::normalizer> rules);

} // namespace jobfarm::nodes
