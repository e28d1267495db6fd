#include "actors/errors.hpp"
#include "actors/plan/planner_actor.hpp"

#include <utility>

// The other part of the PLANNER: what operators do about dead letters.

namespace jobfarm {

expected<task_record> planner_state::dead_task(const task_name& which) const {
  auto record = config_.disk->task(which.query_id, which.task_id);
  if (!record)
    return record.error();
  if (!*record || (*record)->state != task_state::dead)
    return fail(errc::not_found, "no such dead letter: " + which.task_id);
  return **std::move(record);
}

caf::result<atom::done> planner_state::on_drop(const task_name& which,
                                               const std::string& reason) {
  return judge({which, reason, {}});
}

caf::result<atom::done> planner_state::on_retry(task_name which) {
  return judge({std::move(which), {}, {}});
}

caf::result<atom::done> planner_state::judge(verdict one) {
  auto answer = self_->make_response_promise<atom::done>();
  one.answer = answer;
  verdicts_.push_back(std::move(one));
  if (verdicts_.size() == 1)
    judge_next();
  return answer;
}

void planner_state::judge_next() {
  while (!verdicts_.empty()) {
    const auto& one = verdicts_.front();
    auto begun = one.dropped_because ? drop(one) : revive(one);
    if (begun)
      return;
    end_verdict(to_error(begun.error()));
  }
}

/// The first verdict is carried out, or cannot be.
void planner_state::judged(const caf::error& problem) {
  end_verdict(problem);
  judge_next();
}

/// Answers the first verdict; its query may have waited for that to end.
void planner_state::end_verdict(const caf::error& problem) {
  auto one = std::move(verdicts_.front());
  verdicts_.pop_front();
  if (problem)
    one.answer.deliver(problem);
  else
    one.answer.deliver(atom::done::value);
  conclude_if_over(one.which.query_id);
}

expected<void> planner_state::drop(const verdict& one) {
  auto record = dead_task(one.which);
  if (!record)
    return record.error();
  record->state = task_state::dropped;
  record->history.push_back(
      fail(errc::cancelled, "dropped: " + *one.dropped_because));
  store::batch changes;
  changes.tasks.push_back(*std::move(record));
  self_->request(disk_, store_timeout, store::share(std::move(changes)))
      .then([this](atom::done) { judged({}); },
            [this](caf::error& error) { judged(error); });
  return {};
}

/// Writes the task as ready, its count of attempts at nought, and a query that
/// had ended as one that goes on; the rest follows when that is on disk.
expected<void> planner_state::revive(const verdict& one) {
  const auto& query_id = one.which.query_id;
  auto running = running_.find(query_id);
  if (running != running_.end() && running->second.is_ending)
    return fail(errc::timeout,
                "query " + query_id + " is just ending; try again");
  auto record = dead_task(one.which);
  if (!record)
    return record.error();
  store::batch changes;
  if (running == running_.end()) {
    auto query = config_.disk->query(query_id);
    if (!query)
      return query.error();
    if (!*query)
      return fail(errc::not_found, "no such query: " + query_id);
    (*query)->result.reset();
    changes.queries.push_back(**std::move(query));
  }
  auto again = record->task;
  again.attempt = 0;
  changes.tasks.push_back({again, task_state::ready, record->history});
  self_->request(disk_, store_timeout, store::share(std::move(changes)))
      .then([this, was = *std::move(record), again = std::move(again)](
                atom::done) mutable { revived(was, std::move(again)); },
            [this](caf::error& error) { judged(error); });
  return {};
}

void planner_state::revived(const task_record& was, task again) {
  const auto& query_id = was.task.query_id;
  auto running = running_.find(query_id);
  expected<void> done;
  if (running != running_.end()) {
    running->second.state.reopen(plan::settlement_of(was));
    // The FRONTIER knows it from its life before.
    self_->send(frontier_, atom::retry::value, std::move(again));
  } else {
    // It is among the open tasks.
    auto query = config_.disk->query(query_id);
    auto open =
        query && *query
            ? resume(**query)
            : expected<std::size_t>(fail(errc::store_failed, "lost a query"));
    if (!open)
      done = open.error();
  }
  judged(done ? caf::error{} : to_error(done.error()));
}

} // namespace jobfarm
