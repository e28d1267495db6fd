#include "actors/collect/settlement.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::collect {

namespace {

/// The most that a good answer can make us wait, like a refusal.
constexpr double longest_rest_s = 3600;

plan::host_answer answer_of(const task_outcome& outcome) {
  using std::chrono::duration_cast;
  plan::host_answer answer;
  answer.verdict = outcome.failed ? supervise::verdict_on_host(*outcome.failed)
                                  : supervise::host_verdict::well;
  if (outcome.timings.fetch_us > 0)
    answer.latency = std::chrono::microseconds{outcome.timings.fetch_us};
  // Bounded before it is counted in nanoseconds.
  auto bounded = [](double seconds, double most) {
    return duration_cast<plan::duration>(
        std::chrono::duration<double>(std::clamp(seconds, 0.0, most)));
  };
  if (outcome.crawl_delay_s)
    answer.crawl_delay = bounded(*outcome.crawl_delay_s, 86'400);
  if (outcome.rest_s)
    answer.rest = bounded(*outcome.rest_s, longest_rest_s);
  return answer;
}

/// The sources whose listing of a board is the whole board.
bool lists_whole_boards(std::string_view source) {
  constexpr std::string_view all[] = {"ashby", "greenhouse", "lever",
                                      "smartrecruiters", "workable"};
  return std::find(std::begin(all), std::end(all), source) != std::end(all);
}

} // namespace

settled_task begin_settlement(const finished_task& finished) {
  const auto& outcome = finished.outcome;
  settled_task settled;
  settled.query_id = finished.task.query_id;
  settled.task_id = finished.task.id;
  settled.answer = answer_of(outcome);
  settled.host = finished.task.host;
  settled.lease = outcome.lease;
  auto& result = settled.result;
  result.source = finished.task.source;
  result.board = finished.task.board;
  result.kind = finished.task.kind;
  result.attempts = finished.task.attempt + 1;
  result.bytes = outcome.bytes;
  return settled;
}

watch::page_report report_of(const finished_task& finished) {
  const auto& outcome = finished.outcome;
  return {finished.task.query_id, finished.task.id, finished.task.source,
          finished.task.host,     outcome.worker,   finished.task.attempt,
          outcome.failed,         outcome.timings,  outcome.bytes};
}

task_record record_of(task one, task_state state,
                      const plan::settlement& result) {
  if (state == task_state::done) {
    one.listed.reset();
    one.known.reset();
  }
  return {std::move(one), state, {}, result, result.shortfall};
}

std::optional<board_page> board_page_of(const task& from,
                                        const task_outcome& outcome) {
  auto is_readable = from.kind == page_kind::list
                     && lists_whole_boards(from.source) && !outcome.shortfall
                     && (outcome.status == answer::ok
                         || outcome.status == answer::empty);
  if (!is_readable)
    return std::nullopt;
  board_page made;
  for (const auto& one : outcome.postings)
    made.names.push_back(name_of(one));
  for (const auto& one : outcome.rejections)
    made.names.push_back(name_of(one));
  for (const auto& next : outcome.next_tasks)
    if (next.listed)
      made.names.push_back(name_of(*next.listed));
    else if (next.kind == page_kind::list)
      made.goes_on = true;
    else
      return std::nullopt;
  auto given = from.collected_before + outcome.handed_out;
  if (!made.goes_on && outcome.total_stated.value_or(given) != given)
    return std::nullopt;
  return made;
}

} // namespace jobfarm::collect
