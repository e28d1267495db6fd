#include "actors/plan/frontier.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace jobfarm::plan {

using supervise::host_verdict;

frontier::frontier(frontier_rules rules)
    : rules_(rules), next_lease_(rules.first_lease) {
}

frontier::host_state& frontier::host_of(const std::string& name) {
  auto [found, is_new] = hosts_.try_emplace(name);
  if (is_new)
    found->second.budget = rules_.standard;
  return found->second;
}

void frontier::set_budget(const std::string& host, host_budget budget) {
  auto& state = host_of(host);
  state.budget = budget;
  list(host, state);
}

/// When the host may be asked next; nothing before a request in flight ends.
std::optional<time_point> frontier::next_turn(const host_state& host) const {
  if (host.circuit.awaits_probe())
    return std::nullopt;
  auto when = std::max(host.paused_until, host.pace.next_slot(host.budget));
  // The probe of an open circuit waits for nobody.
  if (auto probe = host.circuit.probe_at(rules_.circuit))
    return std::max(when, *probe);
  if (host.in_flight >= host.pace.window(host.budget))
    return std::nullopt;
  return when;
}

/// Puts a host where `take` finds it, or takes it off the list.
void frontier::list(const std::string& name, host_state& host) {
  for (std::size_t kind = 0; kind < lane_count; ++kind) {
    auto& lane = host.lanes[kind];
    if (lane.listed)
      ready_[kind].erase({*lane.listed, name});
    lane.listed = lane.queue.empty() ? std::nullopt : next_turn(host);
    if (lane.listed)
      ready_[kind].emplace(*lane.listed, name);
  }
}

/// Adds a task to the queue of its host.
void frontier::enqueue(task one, bool first) {
  auto name = one.host;
  auto& host = host_of(name);
  auto& lane = host.lanes[lane_of(one)];
  if (first)
    lane.queue.push_front(std::move(one));
  else
    lane.queue.push_back(std::move(one));
  if (!lane.listed)
    list(name, host);
}

bool frontier::is_known(const std::string& query_id,
                        const std::string& task_id) const {
  auto query = known_.find(query_id);
  return query != known_.end() && query->second.count(task_id) != 0;
}

std::size_t frontier::insert(std::vector<task> tasks, bool first) {
  std::size_t added = 0;
  if (tasks.empty())
    return added;
  // In front, the last of the new tasks goes first so that order is kept.
  if (first)
    std::reverse(tasks.begin(), tasks.end());
  // They are of one query, nearly always.
  auto* known = &*known_.try_emplace(tasks.front().query_id).first;
  if (tasks.size() > known->second.size())
    known->second.reserve(known->second.size() + tasks.size());
  for (auto& one : tasks) {
    if (one.query_id != known->first)
      known = &*known_.try_emplace(one.query_id).first;
    if (!known->second.insert(one.id).second)
      continue;
    ++added;
    ++waiting_;
    enqueue(std::move(one), first);
  }
  return added;
}

std::size_t frontier::add(std::vector<task> tasks) {
  return insert(std::move(tasks), false);
}

std::size_t frontier::add_first(std::vector<task> tasks) {
  return insert(std::move(tasks), true);
}

void frontier::retry(task one, time_point when) {
  known_[one.query_id].insert(one.id);
  forgotten_.erase(one.id);
  ++waiting_;
  delayed_.emplace(when, std::move(one));
}

void frontier::wake_delayed(time_point now) {
  while (!delayed_.empty() && delayed_.begin()->first <= now) {
    enqueue(std::move(delayed_.begin()->second), true);
    delayed_.erase(delayed_.begin());
  }
}

void frontier::note_browser(const std::string& worker) {
  browsers_.insert(worker);
  browserless_since_.reset();
}

/// Where the next task for `worker` is; who has a browser does first what
/// nobody else can.
std::optional<frontier::lane_kind>
frontier::next_lane(const std::string& worker, time_point now) const {
  auto is_due = [&](lane_kind kind) {
    return !ready_[kind].empty() && ready_[kind].begin()->first <= now;
  };
  auto is_suited = browsers_.count(worker) > 0
                   || (browserless_since_
                       && now - *browserless_since_ >= rules_.browser_patience);
  if (is_suited && is_due(browser_worker))
    return browser_worker;
  return is_due(any_worker) ? std::optional{any_worker} : std::nullopt;
}

std::vector<lease> frontier::take(const std::string& worker, std::size_t most,
                                  time_point now) {
  wake_delayed(now);
  if (browsers_.empty() && !browserless_since_)
    browserless_since_ = now;
  std::vector<lease> granted;
  while (granted.size() < most) {
    auto kind = next_lane(worker, now);
    if (!kind)
      break;
    auto name = ready_[*kind].begin()->second;
    auto& host = hosts_.at(name);
    auto& queue = host.lanes[*kind].queue;
    auto one = std::move(queue.front());
    queue.pop_front();
    --waiting_;
    if (forgotten_.erase(one.id) == 0) {
      auto ticket = host.circuit.admit(now, rules_.circuit).value_or(0);
      host.pace.spend(host.budget, now);
      ++host.in_flight;
      auto id = next_lease_++;
      auto deadline = now + rules_.lease_time;
      deadlines_.emplace(deadline, id);
      leases_.emplace(id, held_lease{one, worker, now, deadline, ticket});
      granted.push_back({id, std::move(one)});
    }
    list(name, host);
  }
  return granted;
}

bool frontier::finish(std::int64_t lease_id, time_point now,
                      const host_answer& answer) {
  auto found = leases_.find(lease_id);
  if (found == leases_.end())
    return false;
  const auto& held = found->second;
  deadlines_.erase({held.deadline, lease_id});
  forgotten_.erase(held.task.id);
  auto name = held.task.host;
  auto& host = hosts_.at(name);
  host.in_flight -= held.has_slot;
  learn(host, held, answer, now);
  leases_.erase(found);
  list(name, host);
  return true;
}

void frontier::free_slot(std::int64_t lease_id) {
  auto found = leases_.find(lease_id);
  if (found == leases_.end() || !found->second.has_slot)
    return;
  found->second.has_slot = false;
  const auto& name = found->second.task.host;
  auto& host = hosts_.at(name);
  --host.in_flight;
  list(name, host);
}

void frontier::learn(host_state& host, const held_lease& held,
                     const host_answer& answer, time_point now) {
  if (answer.crawl_delay)
    host.pace.set_crawl_delay(*answer.crawl_delay);
  if (answer.rest)
    host.paused_until = std::max(host.paused_until, now + *answer.rest);
  switch (answer.verdict) {
    case host_verdict::well:
      host.refusals = 0;
      host.circuit.succeeded(held.ticket);
      host.pace.answered(held.granted, answer.latency, now);
      break;
    case host_verdict::ailing:
      host.circuit.failed(held.ticket, now, rules_.circuit);
      host.pace.slow_down(held.granted, now);
      break;
    case host_verdict::refuses:
    case host_verdict::none: host.circuit.abandoned(held.ticket); break;
  }
}

bool frontier::is_lent(std::int64_t lease_id) const {
  return leases_.find(lease_id) != leases_.end();
}

void frontier::renew(std::int64_t lease_id, const std::string& worker,
                     time_point now) {
  auto found = leases_.find(lease_id);
  if (found == leases_.end() || found->second.worker != worker)
    return;
  auto& held = found->second;
  deadlines_.erase({held.deadline, lease_id});
  held.deadline = now + rules_.lease_time;
  deadlines_.emplace(held.deadline, lease_id);
}

void frontier::forget(const std::string& query_id, const std::string& task_id) {
  if (is_known(query_id, task_id))
    forgotten_.insert(task_id);
}

time_point frontier::paused_until(const std::string& name) const {
  auto found = hosts_.find(name);
  return found == hosts_.end() ? time_point{} : found->second.paused_until;
}

std::set<std::string> frontier::holders_of(const std::string& host) const {
  std::set<std::string> holders;
  for (const auto& [id, held] : leases_)
    if (held.task.host == host)
      holders.insert(held.worker);
  return holders;
}

void frontier::pause(const std::string& name, time_point until) {
  auto& host = host_of(name);
  host.paused_until = std::max(host.paused_until, until);
  list(name, host);
}

host_pause frontier::refused(const std::string& name,
                             std::optional<duration> fixed, time_point now,
                             double random) {
  auto& host = host_of(name);
  host_pause made;
  made.is_news = host.paused_until <= now;
  if (fixed)
    host.paused_until = std::max(host.paused_until, now + *fixed);
  else if (made.is_news)
    host.paused_until = now + rules_.pauses.delay(host.refusals, random);
  made.until = host.paused_until;
  if (made.is_news) {
    ++host.refusals;
    host.pace.slow_down(now, now);
  }
  list(name, host);
  return made;
}

circuit frontier::circuit_of(const std::string& name, time_point now) const {
  auto found = hosts_.find(name);
  return found == hosts_.end()
             ? circuit::closed
             : found->second.circuit.state(now, rules_.circuit);
}

std::int32_t frontier::refusals_in_a_row(const std::string& name) const {
  auto found = hosts_.find(name);
  return found == hosts_.end()
             ? 0
             : found->second.refusals + found->second.circuit.openings();
}

std::optional<time_point> frontier::next_change(time_point now) const {
  std::optional<time_point> soonest;
  auto consider = [&](time_point when) {
    soonest = soonest ? std::min(*soonest, when) : when;
  };
  // What is due already waits for a worker, not for a time.
  for (const auto& list : ready_)
    if (auto next = list.lower_bound({now + duration{1}, {}});
        next != list.end())
      consider(next->first);
  if (auto next = delayed_.upper_bound(now); next != delayed_.end())
    consider(next->first);
  if (!ready_[browser_worker].empty() && browserless_since_)
    if (auto when = *browserless_since_ + rules_.browser_patience; when > now)
      consider(when);
  if (!deadlines_.empty())
    consider(deadlines_.begin()->first);
  return soonest;
}

} // namespace jobfarm::plan
