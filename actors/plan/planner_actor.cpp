#include "actors/plan/planner_actor.hpp"

#include "actors/errors.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm {

namespace {

/// Between two tries to write that a query has ended.
constexpr auto conclusion_pause = std::chrono::seconds{1};

/// What a clock in nanoseconds can count up to; users may ask for any number.
constexpr auto longest_query = std::chrono::hours{24 * 365 * 10};

plan::duration longest_of(const job_query& query) {
  return std::min<std::chrono::seconds>(std::chrono::seconds{query.timeout_s},
                                        longest_query);
}

/// What is kept of how a query ended: the sources that failed, then the query.
std::vector<event> events_of(const collection_result& ended) {
  std::vector<event> all;
  for (const auto& one : ended.errors)
    all.push_back({ended.collection_time, ended.query_id, one.source,
                   "source_failed",
                   std::string{to_string(one.code)} + ": " + one.message});
  all.push_back({ended.collection_time, ended.query_id, "", "query_ended",
                 ended.partial ? "partial" : "complete"});
  return all;
}

} // namespace

planner_state::planner_state(planner_actor::pointer self) : self_(self) {
}

void planner_state::start(planner_config config, store_actor disk,
                          frontier_actor frontier, wall_clock clock) {
  config_ = std::move(config);
  disk_ = std::move(disk);
  frontier_ = std::move(frontier);
  clock_ = clock;
  self_->send(frontier_, atom::subscribe::value, planner_actor{self_});
}

double planner_state::elapsed_s(const running_query& query) const {
  return std::chrono::duration<double>(self_->clock().now() - query.started)
      .count();
}

caf::result<query_accepted> planner_state::on_query(job_query query) {
  query.submitted_at = clock_->at(self_->clock().now());
  auto plan = plan::plan_query(query, config_.sources);
  if (config_.recall_version)
    for (auto& one : plan.tasks)
      if (auto done = config_.recall_version(one, query.submitted_at); !done)
        return to_error(done.error());
  plan::query_state state(query, plan);
  store::batch changes;
  changes.queries.push_back(state.record(0));
  changes.tasks.reserve(plan.tasks.size());
  for (const auto& one : plan.tasks)
    changes.tasks.push_back({one, task_state::ready, {}});
  return admit(query.query_id, std::move(changes), std::move(plan.tasks),
               std::move(state));
}

caf::result<query_accepted> planner_state::on_resume(query_record stored) {
  auto open = resume(stored);
  if (!open)
    return to_error(open.error());
  return query_accepted{stored.query.query_id, *open};
}

/// Runs a query from where its tasks in the ledger stand; returns how many of
/// them are open. Those go to the FRONTIER while the rest is read; the ended
/// ones are read before, so that none that ends in the meantime counts twice.
expected<std::size_t> planner_state::resume(const query_record& stored) {
  source_tally known;
  auto ended = ended_tasks(stored.query.query_id, known);
  if (!ended)
    return ended.error();
  auto open = hand_out_open(stored.query.query_id, known);
  if (!open)
    return open;
  auto plan = plan::plan_query(stored.query, config_.sources);
  plan::query_state state(stored.query, plan, known);
  for (const auto& one : *ended)
    state.settle(one);
  run(stored.query.query_id, std::move(state));
  return open;
}

expected<std::vector<plan::settlement>>
planner_state::ended_tasks(const std::string& query_id,
                           source_tally& known) const {
  std::vector<plan::settlement> ended;
  auto note = [&](const task_record& one) {
    ++known[one.task.source];
    ended.push_back(plan::settlement_of(one));
    return true;
  };
  for (auto state : all_task_states) {
    if (state == task_state::ready)
      continue;
    if (auto read = config_.disk->scan_tasks(query_id, state, note); !read)
      return read.error();
  }
  return ended;
}

/// Sends what is open to the FRONTIER, a thousand at a time.
expected<std::size_t> planner_state::hand_out_open(const std::string& query_id,
                                                   source_tally& known) {
  std::size_t count = 0;
  std::vector<task> some;
  auto hand_out = [&](task_record&& one) {
    ++known[one.task.source];
    some.push_back(std::move(one.task));
    if (++count % 1000 == 0)
      self_->send(frontier_, std::exchange(some, {}));
    return true;
  };
  auto read = config_.disk->scan_tasks(query_id, task_state::ready, hand_out);
  if (!read)
    return read.error();
  self_->send(frontier_, std::move(some));
  return count;
}

caf::result<query_accepted> planner_state::admit(const std::string& query_id,
                                                 store::batch changes,
                                                 std::vector<task> tasks,
                                                 plan::query_state state) {
  auto answer = self_->make_response_promise<query_accepted>();
  self_->request(disk_, store_timeout, store::share(std::move(changes)))
      .then(
          [this, answer, query_id, tasks = std::move(tasks),
           state = std::move(state)](atom::done) mutable {
            query_accepted accepted{query_id, tasks.size()};
            self_->send(frontier_, std::move(tasks));
            run(query_id, std::move(state));
            answer.deliver(std::move(accepted));
          },
          [answer](caf::error& error) mutable { answer.deliver(error); });
  return answer;
}

void planner_state::run(const std::string& query_id, plan::query_state state) {
  forget_end(query_id);
  auto longest = longest_of(state.query());
  running_.emplace(
      query_id,
      running_query{std::move(state), self_->clock().now(), longest, {}});
  if (longest > plan::duration::zero())
    self_->delayed_send(self_, longest, atom::wake::value, query_id);
  conclude_if_over(query_id);
}

void planner_state::on_settled(const settled_tasks& settled) {
  for (const auto& one : settled.tasks)
    settle(one);
}

void planner_state::settle(const settled_task& settled) {
  auto found = running_.find(settled.query_id);
  if (found == running_.end())
    return;
  found->second.state.settle(settled.result);
  // A page that was in flight has brought more of them, or waits again.
  if (found->second.is_cancelled
      && (settled.result.tasks_added > 0 || !settled.result.is_done))
    drop_waiting(settled.query_id);
  else if (found->second.state.has_enough())
    on_cancel(settled.query_id);
  conclude_if_over(settled.query_id);
}

caf::result<query_progress>
planner_state::on_progress(const std::string& query_id) const {
  auto found = running_.find(query_id);
  if (found == running_.end())
    return to_error(fail(errc::not_found, "no such query: " + query_id));
  return found->second.state.record(elapsed_s(found->second)).progress;
}

caf::result<collection_result>
planner_state::on_wait(const std::string& query_id) {
  if (auto ended = ended_.find(query_id); ended != ended_.end())
    return ended->second;
  auto found = running_.find(query_id);
  if (found == running_.end()) {
    auto stored = config_.disk->query(query_id);
    if (!stored)
      return to_error(stored.error());
    if (*stored && (*stored)->result)
      return *(*stored)->result;
    return to_error(fail(errc::not_found, "no such query: " + query_id));
  }
  auto answer = self_->make_response_promise<collection_result>();
  found->second.waiters.push_back(answer);
  return answer;
}

void planner_state::on_cancel(const std::string& query_id) {
  auto found = running_.find(query_id);
  if (found != running_.end()
      && !std::exchange(found->second.is_cancelled, true))
    drop_waiting(query_id);
}

void planner_state::on_timeout(const std::string& query_id) {
  auto found = running_.find(query_id);
  // It may have ended and begun anew meanwhile.
  if (found == running_.end()
      || self_->clock().now() - found->second.started < found->second.longest)
    return;
  found->second.is_timed_out = true;
  on_cancel(query_id);
}

/// However long the FRONTIER takes: what it has dropped it tells once. Its end
/// is the farm's.
void planner_state::drop_waiting(const std::string& query_id) {
  self_->request(frontier_, caf::infinite, atom::cancel::value, query_id)
      .then(
          [this, query_id](std::size_t dropped) {
            auto query = running_.find(query_id);
            if (query == running_.end())
              return;
            query->second.state.drop(static_cast<std::int64_t>(dropped));
            conclude_if_over(query_id);
          },
          [](const caf::error&) {});
}

/// The disk could not be read or written.
void planner_state::conclude_later(const std::string& query_id) {
  self_->delayed_send(self_, conclusion_pause, atom::tick::value, query_id);
}

void planner_state::conclude_if_over(const std::string& query_id) {
  auto found = running_.find(query_id);
  if (found != running_.end() && found->second.state.is_over()
      && !is_judging(query_id) && !std::exchange(found->second.is_ending, true))
    conclude(query_id);
}

void planner_state::on_tick(const std::string& query_id) {
  auto found = running_.find(query_id);
  if (found != running_.end() && found->second.is_ending)
    conclude(query_id);
}

/// Counts a part of what a query hands out, as reading all may take seconds;
/// writes its end when there is no more.
void planner_state::conclude(const std::string& query_id) {
  auto& query = running_.at(query_id);
  auto result =
      query.state.conclude(clock_->at(self_->clock().now()), elapsed_s(query));
  auto jobs = count_some(query, result.total_jobs);
  if (jobs && !*jobs)
    return self_->send(self_, atom::tick::value, query_id);
  query.count = nullptr;
  if (!jobs)
    return conclude_later(query_id);
  result.total_jobs = **jobs;
  write_end(query_id, std::move(result));
}

expected<std::optional<std::int64_t>>
planner_state::count_some(running_query& query, std::int64_t found) const {
  if (!config_.count_jobs)
    return std::optional{found};
  if (!query.count)
    query.count = config_.count_jobs(query.state.query(), found);
  return query.count();
}

void planner_state::write_end(const std::string& query_id,
                              collection_result result) {
  const auto& query = running_.at(query_id);
  auto record = query.state.record(elapsed_s(query));
  store::batch changes;
  // What was cancelled may be resumed: its record stays open on disk.
  if (!query.is_cancelled || query.is_timed_out || query.state.has_enough()) {
    record.result = result;
    changes.events = events_of(result);
  }
  changes.queries.push_back(std::move(record));
  self_->request(disk_, store_timeout, store::share(std::move(changes)))
      .then([this, query_id, result = std::move(result)](
                atom::done) { answer_waiters(query_id, result); },
            [this, query_id](caf::error&) { conclude_later(query_id); });
}

/// The query has ended for good: tells whoever waits and keeps the answer.
void planner_state::answer_waiters(const std::string& query_id,
                                   const collection_result& ended) {
  auto found = running_.find(query_id);
  for (auto& one : found->second.waiters)
    one.deliver(ended);
  keep_end(query_id, ended);
  running_.erase(found);
  self_->send(frontier_, atom::drop::value, query_id);
}

void planner_state::keep_end(const std::string& query_id,
                             const collection_result& ended) {
  ended_.emplace(query_id, ended);
  ended_order_.push_back(query_id);
  if (ended_order_.size() > most_ended)
    forget_end(std::string{ended_order_.front()});
}

void planner_state::forget_end(const std::string& query_id) {
  if (ended_.erase(query_id) > 0)
    ended_order_.erase(
        std::find(ended_order_.begin(), ended_order_.end(), query_id));
}

planner_actor::behavior_type
planner(planner_actor::stateful_pointer<planner_state> self,
        planner_config config, store_actor disk, frontier_actor frontier,
        wall_clock clock) {
  self->state.start(std::move(config), std::move(disk), std::move(frontier),
                    clock);
  return {
      [self](job_query& query) {
        return self->state.on_query(std::move(query));
      },
      [self](query_record& stored) {
        return self->state.on_resume(std::move(stored));
      },
      [self](const settled_tasks& settled) { self->state.on_settled(settled); },
      [self](atom::progress, const std::string& query_id) {
        return self->state.on_progress(query_id);
      },
      [self](atom::wait, const std::string& query_id) {
        return self->state.on_wait(query_id);
      },
      [self](atom::cancel, const std::string& query_id) {
        self->state.on_cancel(query_id);
      },
      [self](atom::wake, const std::string& query_id) {
        self->state.on_timeout(query_id);
      },
      [self](atom::tick, const std::string& query_id) {
        self->state.on_tick(query_id);
      },
      [self](atom::retry, task_name& which) {
        return self->state.on_retry(std::move(which));
      },
      [self](atom::drop, const task_name& which, const std::string& reason) {
        return self->state.on_drop(which, reason);
      },
  };
}

} // namespace jobfarm
