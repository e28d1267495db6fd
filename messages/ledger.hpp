#pragma once

#include "messages/event.hpp"
#include "messages/query.hpp"
#include "messages/task.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm {

/// Where a task of the ledger stands. Leases live in memory only: a task that
/// is lent out is still `ready` here, so a restart lends it again.
enum class task_state : std::uint8_t {
  ready,
  done,
  dead,   ///< given up by recovery; an operator may have it tried again
  dropped ///< was dead, and an operator has said that it may stay so
};
template <>
struct enum_names<task_state> {
  static constexpr auto last = task_state::dropped;
  static constexpr std::string_view names[] = {"ready", "done", "dead",
                                               "dropped"};
};

constexpr task_state all_task_states[] = {task_state::ready, task_state::done,
                                          task_state::dead,
                                          task_state::dropped};

/// What a settled task added to its query. Kept with the task, in the same
/// batch as its postings, so that the sums are right after any crash.
struct task_counts {
  /// Records in the payload.
  std::int64_t handed_out = 0;
  std::int64_t stored = 0;
  std::int64_t merged = 0;
  std::int64_t rejected = 0;
  /// Postings seen before with the same source and id.
  std::int64_t seen_again = 0;
  /// New postings that the query asks for.
  std::int64_t found = 0;
  std::int64_t bytes = 0;

  static constexpr std::string_view record_name = "task_counts";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"handed_out", self.handed_out},
                 field{"stored", self.stored}, field{"merged", self.merged},
                 field{"rejected", self.rejected},
                 field{"seen_again", self.seen_again},
                 field{"found", self.found}, field{"bytes", self.bytes});
  }
};

/// A task as the ledger keeps it. What a finished task no longer needs
/// (`listed`, request body) may be dropped.
struct task_record {
  jobfarm::task task;
  task_state state = task_state::ready;
  /// What went wrong, oldest first; the last one is why a dead or dropped task
  /// is that.
  std::vector<failure> history;
  task_counts counts = {};
  /// What is missing from a result that is there.
  std::optional<failure> shortfall = {};

  static constexpr std::string_view record_name = "task_record";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"task", self.task}, field{"state", self.state},
                 field{"history", self.history}, field{"counts", self.counts},
                 field{"shortfall", self.shortfall});
  }
};

/// A query as the ledger keeps it.
struct query_record {
  job_query query;
  query_progress progress;
  /// Set when the query has ended.
  std::optional<collection_result> result;

  static constexpr std::string_view record_name = "query_record";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"query", self.query}, field{"progress", self.progress},
                 field{"result", self.result});
  }
};

} // namespace jobfarm
