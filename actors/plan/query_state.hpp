#pragma once

#include "actors/plan/planner.hpp"
#include "messages/ledger.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace jobfarm::plan {

/// What a settled task adds to its query.
struct settlement : task_counts {
  std::string source;
  std::string board;
  page_kind kind = page_kind::list;
  bool is_done = true;
  std::optional<failure> failed;
  std::optional<failure> shortfall;
  std::int32_t attempts = 1;
  std::int64_t tasks_added = 0;
};

/// What a task that has ended added to its query, read back from the ledger.
settlement settlement_of(const task_record& ended);

/// A query from its plan to its end, as counts by source. Pure.
class query_state {
public:
  /// A query whose `plan` is about to run.
  query_state(job_query query, const query_plan& plan);

  /// A query that goes on, counted anew: the ledger holds `known` tasks a
  /// source, of which those that have ended are to be settled again.
  query_state(job_query query, const query_plan& plan,
              const std::map<std::string, std::int64_t>& known);

  void settle(const settlement& settled);

  /// A task that was settled as failed is to be done after all.
  void reopen(const settlement& was);

  /// Tasks that will not be done: the query is to end early.
  void drop(std::int64_t tasks);

  const job_query& query() const noexcept {
    return query_;
  }

  bool is_over() const noexcept {
    return known_ <= done_;
  }
  /// True when `limit` postings were found.
  bool has_enough() const noexcept;

  /// The record as the ledger keeps it; `elapsed_s` since the start.
  query_record record(double elapsed_s) const;

  /// What the query came to, of which no more than its limit is handed out.
  /// Requires `is_over()`.
  collection_result conclude(const std::string& ended_at,
                             double elapsed_s) const;

private:
  struct source_state {
    source_progress progress;
    std::set<std::string> failed_boards;
    /// Why a page is to be asked for again, until one has been had.
    std::optional<failure> waits_for;
    std::int32_t attempts = 0;
  };

  source_state& state_of(const std::string& source);
  query_progress ended_progress(double elapsed_s) const;

  job_query query_;
  std::map<std::string, source_state> sources_;
  std::int64_t known_ = 0;
  std::int64_t done_ = 0;
  std::int64_t dropped_ = 0;
  std::int64_t found_ = 0;
};

/// The result of a query that ends with what it has `reached`: a source whose
/// pages are not all read is `cancelled`, unless what it has `is_enough`.
collection_result result_of(const query_progress& reached,
                            const std::string& ended_at, bool is_enough);

/// How many postings a query had found when its limit cut it short; nothing if
/// there are no more than it hands out.
std::optional<std::int64_t> found_at_cut(const query_record& ended);

} // namespace jobfarm::plan
