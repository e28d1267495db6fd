#include "actors/plan/frontier_actor.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm {

frontier_state::frontier_state(frontier_actor::pointer self) : self_(self) {
}

void frontier_state::start(frontier_config config) {
  config_ = std::move(config);
  frontier = plan::frontier{config_.rules};
  clock_ = {config_.faults, "frontier.clock"};
  random_.seed(config_.seed);
  self_->set_down_handler(
      [this](const caf::down_msg& down) { on_down(down.source); });
  for (const auto& [host, budget] : config_.budgets)
    frontier.set_budget(host, budget);
  for (const auto& [host, left] : config_.pauses)
    frontier.pause(host, self_->clock().now() + left);
}

namespace {

host_rest rest_until(const std::string& host, plan::time_point until,
                     plan::time_point now) {
  return {host, std::chrono::ceil<std::chrono::milliseconds>(until - now)};
}

} // namespace

plan::time_point frontier_state::clock_now() {
  return clock_.read(self_->clock().now());
}

void frontier_state::on_request(const work_request& request) {
  auto handle = caf::actor_cast<collector_actor>(self_->current_sender());
  if (names_.emplace(handle.address(), request.worker).second)
    self_->monitor(handle);
  if (request.has_browser)
    frontier.note_browser(request.worker);
  tell_of_browsers();
  auto known = std::find_if(
      workers_.begin(), workers_.end(),
      [&](const waiting_worker& one) { return one.handle == handle; });
  if (known != workers_.end())
    known->credit += request.credit;
  else
    workers_.push_back({handle, request.worker, request.credit});
  serve();
}

void frontier_state::on_ingest(ingest_actor one) {
  ingest_ = std::move(one);
  tells_browsers_.reset();
  tell_of_browsers();
}

/// Tells who decides about failures whether a browser is a way out.
void frontier_state::tell_of_browsers() {
  auto is_there = frontier.has_browsers();
  if (!ingest_ || tells_browsers_ == is_there)
    return;
  tells_browsers_ = is_there;
  self_->send(ingest_, browser_news{is_there});
}

void frontier_state::on_tasks(std::vector<task> tasks) {
  frontier.add(std::move(tasks));
  serve();
}

void frontier_state::on_again(task one) {
  frontier.retry(std::move(one), clock_now());
  serve();
}

void frontier_state::on_renewal(const work_renewal& renewal) {
  auto worker =
      names_.find(caf::actor_cast<caf::actor_addr>(self_->current_sender()));
  if (worker == names_.end())
    return;
  for (auto lease : renewal.leases)
    frontier.renew(lease, worker->second, clock_now());
}

void frontier_state::on_settled(settled_tasks settled) {
  for (auto& one : settled.tasks)
    settle(one);
  serve();
  if (subscriber)
    self_->send(subscriber, std::move(settled));
}

void frontier_state::settle(settled_task& settled) {
  auto now = clock_now();
  auto before = frontier.circuit_of(settled.host, now);
  auto paused_before = frontier.paused_until(settled.host);
  auto was_lent = frontier.finish(settled.lease, now, settled.answer);
  // The failure of a lease that was taken back changes nothing: the task is
  // with somebody else. Its result is one, whoever has the task now.
  if (settled.again && was_lent)
    on_retry(settled, now);
  else if (settled.result.is_done && !was_lent)
    frontier.forget(settled.query_id, settled.task_id);
  if (frontier.paused_until(settled.host) > paused_before)
    tell_of_rest(settled.host, now);
  auto after = frontier.circuit_of(settled.host, now);
  if (before != after)
    tell(after == circuit::closed ? "circuit_closed" : "circuit_open",
         settled.host,
         settled.result.failed ? settled.result.failed->detail : "");
  if (was_lent && settled.result.failed)
    give_up_if_exhausted(settled);
  settled.again.reset();
  settled.result.tasks_added = static_cast<std::int64_t>(
      frontier.add_first(std::exchange(settled.next_tasks, {})));
}

/// What is lent already has not been asked for yet, perhaps.
void frontier_state::tell_of_rest(const std::string& host,
                                  plan::time_point now) {
  auto holders = frontier.holders_of(host);
  auto rest = rest_until(host, frontier.paused_until(host), now);
  for (const auto& [address, worker] : names_)
    if (auto handle = caf::actor_cast<collector_actor>(address);
        handle && holders.count(worker) > 0)
      self_->send(handle, rest);
}

void frontier_state::on_retry(settled_task& settled, plan::time_point now) {
  using kind = supervise::decision::kind;
  const auto& decision = settled.decision;
  auto when = now + decision.delay;
  if (decision.what == kind::pause_host) {
    std::uniform_real_distribution<double> jitter(0, 1);
    std::optional<plan::duration> fixed;
    if (decision.is_fixed)
      fixed = decision.delay;
    auto pause = frontier.refused(settled.host, fixed, now, jitter(random_));
    when = pause.until;
    // What the host said itself INGEST has written down already.
    if (!fixed && pause.is_news)
      self_->send(caf::actor_cast<ingest_actor>(self_->current_sender()),
                  rest_until(settled.host, when, now));
    // Requests that were in flight when the host refused are one refusal.
    if (!pause.is_news && settled.again->attempt > 0)
      --settled.again->attempt;
    if (pause.is_news)
      tell("host_paused", settled.host, settled.result.failed->detail);
  }
  frontier.retry(*std::move(settled.again), when);
}

/// A host that gives no good answer, however long it was left alone, or that is
/// not to be asked again is given up with all that waits for it.
void frontier_state::give_up_if_exhausted(const settled_task& settled) {
  auto is_refused =
      settled.decision.what == supervise::decision::kind::give_up_host;
  if (!is_refused
      && frontier.refusals_in_a_row(settled.host) < config_.most_refusals)
    return;
  tell("host_given_up", settled.host, settled.result.failed->detail);
  give_up(settled.host, *settled.result.failed);
}

void frontier_state::tell(const char* what, const std::string& host,
                          std::string text) const {
  if (config_.told)
    config_.told->on_host({what, host, std::move(text)});
}

void frontier_state::give_up(const std::string& host, const failure& why) {
  auto ingest = caf::actor_cast<ingest_actor>(self_->current_sender());
  for (auto& one : frontier.withdraw(host)) {
    finished_task finished;
    finished.outcome.task_id = one.id;
    finished.outcome.failed = why;
    finished.task = std::move(one);
    finished.is_final = true;
    caf::anon_send(ingest, std::move(finished));
  }
}

void frontier_state::on_pages_read(const pages_read& pages) {
  for (auto lease : pages.leases)
    frontier.free_slot(lease);
  serve();
}

void frontier_state::on_tick() {
  scheduled_.reset();
  frontier.expire(clock_now());
  serve();
}

void frontier_state::on_down(const caf::actor_addr& worker) {
  auto known = names_.find(worker);
  if (known == names_.end())
    return;
  frontier.worker_lost(known->second);
  tell_of_browsers();
  names_.erase(known);
  workers_.erase(std::remove_if(workers_.begin(), workers_.end(),
                                [&](const waiting_worker& one) {
                                  return one.handle.address() == worker;
                                }),
                 workers_.end());
  serve();
}

/// True if an injected fault keeps tasks from being lent for now.
bool frontier_state::is_refused() {
  constexpr auto again = std::chrono::milliseconds{50};
  auto struck =
      config_.faults ? config_.faults->pass("frontier.lease") : std::nullopt;
  if (struck)
    self_->delayed_send(
        self_, std::max<std::chrono::milliseconds>(struck->delay, again),
        atom::tick::value);
  return struck.has_value();
}

/// Hands out what can be handed out, a few tasks a worker in turn, until there
/// is nothing for any of them.
void frontier_state::serve() {
  constexpr std::size_t share = 4;
  if (is_refused())
    return;
  auto now = clock_now();
  for (std::size_t idle = 0; idle < workers_.size();) {
    auto worker = std::move(workers_.front());
    workers_.pop_front();
    auto leases =
        frontier.take(worker.name, std::min(worker.credit, share), now);
    idle = leases.empty() ? idle + 1 : 0;
    worker.credit -= leases.size();
    if (!leases.empty())
      self_->send(worker.handle, work_granted{std::move(leases)});
    if (worker.credit > 0)
      workers_.push_back(std::move(worker));
  }
  if (config_.told)
    config_.told->on_frontier(frontier.waiting(), frontier.lent(),
                              frontier.oldest_grant());
  schedule();
}

void frontier_state::schedule() {
  auto now = clock_now();
  auto next = frontier.next_change(now);
  if (!next || (scheduled_ && *scheduled_ <= *next))
    return;
  scheduled_ = next;
  auto delay = *next > now ? *next - now : plan::duration::zero();
  self_->delayed_send(
      self_, std::max<plan::duration>(delay, std::chrono::milliseconds{1}),
      atom::tick::value);
}

frontier_actor::behavior_type
frontier(frontier_actor::stateful_pointer<frontier_state> self,
         frontier_config config) {
  self->state.start(std::move(config));
  return {
      [self](const work_request& request) { self->state.on_request(request); },
      [self](const work_renewal& renewal) { self->state.on_renewal(renewal); },
      [self](const pages_read& pages) { self->state.on_pages_read(pages); },
      [self](const lease_query& asked) {
        return self->state.frontier.is_lent(asked.lease);
      },
      [self](std::vector<task>& tasks) {
        self->state.on_tasks(std::move(tasks));
      },
      [self](atom::retry, task& one) { self->state.on_again(std::move(one)); },
      [self](settled_tasks& settled) {
        self->state.on_settled(std::move(settled));
      },
      [self](atom::subscribe, const planner_actor& subscriber) {
        self->state.subscriber = subscriber;
      },
      [self](atom::subscribe, ingest_actor& one) {
        self->state.on_ingest(std::move(one));
      },
      [self](atom::cancel, const std::string& query_id) {
        return self->state.frontier.cancel(query_id);
      },
      [self](atom::drop, const std::string& query_id) {
        self->state.frontier.forget_query(query_id);
      },
      [self](atom::tick) { self->state.on_tick(); },
  };
}

} // namespace jobfarm
