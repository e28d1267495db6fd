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
enum class task_state : std::uint8_t { ready, done, dead };
template <>
struct enum_names<task_state> {
  static constexpr auto last = task_state::dead;
  static constexpr std::string_view names[] = {"ready", "done", "dead"};
};

/// A task as the ledger keeps it. What a finished task no longer needs
/// (`listed`, request body) may be dropped.
struct task_record {
  jobfarm::task task;
  task_state state = task_state::ready;
  /// What went wrong, oldest first; the last one is why a dead task is dead.
  std::vector<failure> history;

  static constexpr std::string_view record_name = "task_record";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"task", self.task}, field{"state", self.state},
                 field{"history", self.history});
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
