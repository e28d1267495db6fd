#include "actors/plan/query_state.hpp"

#include "actors/supervise/recovery.hpp"

#include <algorithm>

namespace jobfarm::plan {

namespace {

std::map<std::string, std::int64_t> counted(const std::vector<task>& tasks) {
  std::map<std::string, std::int64_t> known;
  for (const auto& one : tasks)
    ++known[one.source];
  return known;
}

} // namespace

settlement settlement_of(const task_record& ended) {
  settlement made;
  static_cast<task_counts&>(made) = ended.counts;
  made.source = ended.task.source;
  made.board = ended.task.board;
  made.kind = ended.task.kind;
  made.attempts = ended.task.attempt + 1;
  made.shortfall = ended.shortfall;
  if (ended.state != task_state::done && !ended.history.empty())
    made.failed = ended.history.back();
  return made;
}

query_state::query_state(job_query query, const query_plan& plan)
    : query_state(std::move(query), plan, counted(plan.tasks)) {
}

query_state::query_state(job_query query, const query_plan& plan,
                         const std::map<std::string, std::int64_t>& known)
    : query_(std::move(query)) {
  for (const auto& [source, boards] : plan.boards)
    state_of(source).progress.boards = boards;
  for (const auto& refused : plan.refused) {
    auto& progress = state_of(refused.source).progress;
    ++progress.tasks_failed;
    progress.failed = fail(refused.code, refused.message);
  }
  for (const auto& [source, count] : known) {
    state_of(source).progress.tasks_known = count;
    known_ += count;
  }
}

query_state::source_state& query_state::state_of(const std::string& source) {
  auto& state = sources_[source];
  state.progress.source = source;
  return state;
}

void query_state::settle(const settlement& settled) {
  auto& state = state_of(settled.source);
  auto& progress = state.progress;
  progress.handed_out += settled.handed_out;
  progress.stored += settled.stored;
  progress.merged += settled.merged;
  progress.rejected += settled.rejected;
  progress.seen_again += settled.seen_again;
  progress.bytes += settled.bytes;
  progress.found += settled.found;
  found_ += settled.found;
  if (!settled.is_done) {
    progress.waiting = settled.failed ? to_string(settled.failed->code) : "";
    // Pages that nobody asks for as their host rests say nothing new.
    if (settled.failed && !supervise::was_not_asked(*settled.failed)) {
      state.waits_for = settled.failed;
      state.attempts = settled.attempts;
    }
    return;
  }
  ++done_;
  known_ += settled.tasks_added;
  progress.tasks_known += settled.tasks_added;
  ++(settled.failed ? progress.tasks_failed : progress.tasks_done);
  progress.waiting.clear();
  state.waits_for.reset();
  const auto& wrong = settled.failed ? settled.failed : settled.shortfall;
  if (!wrong)
    return;
  state.failed_boards.insert(settled.board);
  if (!progress.failed) {
    progress.failed = wrong;
    progress.attempts = settled.attempts;
  }
}

void query_state::reopen(const settlement& was) {
  auto& state = state_of(was.source);
  auto& progress = state.progress;
  progress.stored -= was.stored;
  progress.merged -= was.merged;
  progress.rejected -= was.rejected;
  progress.seen_again -= was.seen_again;
  progress.found -= was.found;
  found_ -= was.found;
  --done_;
  --progress.tasks_failed;
  state.failed_boards.erase(was.board);
  if (progress.tasks_failed == 0)
    progress.failed.reset();
}

void query_state::drop(std::int64_t tasks) {
  known_ -= tasks;
  dropped_ += tasks;
}

bool query_state::has_enough() const noexcept {
  return query_.limit > 0 && found_ >= query_.limit;
}

query_record query_state::record(double elapsed_s) const {
  query_record made;
  made.query = query_;
  made.progress.query_id = query_.query_id;
  made.progress.done = is_over();
  made.progress.elapsed_s = elapsed_s;
  for (const auto& [name, state] : sources_) {
    made.progress.sources.push_back(state.progress);
    auto& progress = made.progress.sources.back();
    progress.boards_complete =
        progress.boards - static_cast<std::int64_t>(state.failed_boards.size());
  }
  return made;
}

/// With the reason of a source whose pages wait to be asked for again, and will
/// not be.
query_progress query_state::ended_progress(double elapsed_s) const {
  auto reached = record(elapsed_s).progress;
  if (has_enough())
    return reached;
  for (auto& one : reached.sources) {
    const auto& state = sources_.at(one.source);
    if (one.failed || !state.waits_for)
      continue;
    one.failed = state.waits_for;
    one.attempts = state.attempts;
  }
  return reached;
}

collection_result query_state::conclude(const std::string& ended_at,
                                        double elapsed_s) const {
  auto result = result_of(ended_progress(elapsed_s), ended_at, has_enough());
  if (query_.limit > 0)
    result.total_jobs = std::min(result.total_jobs, query_.limit);
  return result;
}

collection_result result_of(const query_progress& reached,
                            const std::string& ended_at, bool is_enough) {
  collection_result result;
  result.query_id = reached.query_id;
  result.collection_time = ended_at;
  result.duration_seconds = reached.elapsed_s;
  for (const auto& one : reached.sources) {
    result.total_jobs += one.found;
    result.raw_jobs += one.handed_out;
    result.duplicates_removed += one.merged;
    result.sources_queried.push_back(one.source);
    auto wrong = one.failed;
    auto undone = one.tasks_known - one.tasks_done - one.tasks_failed;
    if (!wrong && undone > 0 && !is_enough)
      wrong = fail(errc::cancelled,
                   std::to_string(undone) + " pages were not asked for");
    if (wrong)
      result.errors.push_back(
          {one.source, wrong->code, wrong->detail, one.attempts});
    (wrong ? result.failed_sources : result.successful_sources)
        .push_back(one.source);
  }
  result.partial = !result.errors.empty();
  return result;
}

std::optional<std::int64_t> found_at_cut(const query_record& ended) {
  std::int64_t found = 0;
  auto is_all_read = true;
  for (const auto& one : ended.progress.sources) {
    found += one.found;
    is_all_read =
        is_all_read && one.tasks_known <= one.tasks_done + one.tasks_failed;
  }
  const auto limit = ended.query.limit;
  if (limit == 0 || found < limit || (found == limit && is_all_read))
    return std::nullopt;
  return found;
}

} // namespace jobfarm::plan
