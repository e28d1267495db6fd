#pragma once

#include "actors/farm_messages.hpp"
#include "actors/watch/probe.hpp"

#include <optional>
#include <string>
#include <vector>

/// What an outcome says, read once for all who have to know.
namespace jobfarm::collect {

/// The settlement of a task, with all that does not depend on what becomes of
/// its postings.
settled_task begin_settlement(const finished_task& finished);

watch::page_report report_of(const finished_task& finished);

/// What the ledger keeps; what a finished task no longer needs is not.
task_record record_of(task one, task_state state,
                      const plan::settlement& result);

/// Under which name a board shows a record.
template <class Record>
const std::string& name_of(const Record& one) {
  return one.source_id.empty() ? one.url : one.source_id;
}

/// What a page of a board's listing shows.
struct board_page {
  std::vector<std::string> names;
  /// More pages follow.
  bool goes_on = false;
};

/// What a page shows of a board whose listing is the whole board, if nothing of
/// it is missing: only then does absence mean anything.
std::optional<board_page> board_page_of(const task& from,
                                        const task_outcome& outcome);

} // namespace jobfarm::collect
