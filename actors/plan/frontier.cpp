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

/// When the host may be asked next; nothing before a task comes or a request
/// in flight ends.
std::optional<time_point> frontier::next_turn(const host_state& host) const {
  if (host.queue.empty() || host.circuit.awaits_probe())
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
  if (host.listed)
    ready_.erase({*host.listed, name});
  host.listed = next_turn(host);
  if (host.listed)
    ready_.emplace(*host.listed, name);
}

std::size_t frontier::insert(std::vector<task> tasks, bool first) {
  std::size_t added = 0;
  // In front, the last of the new tasks goes first so that order is kept.
  if (first)
    std::reverse(tasks.begin(), tasks.end());
  if (tasks.size() > known_.size())
    known_.reserve(known_.size() + tasks.size());
  for (auto& one : tasks) {
    if (!known_.insert(one.id).second)
      continue;
    ++added;
    ++waiting_;
    auto name = one.host;
    auto& host = host_of(name);
    if (first)
      host.queue.push_front(std::move(one));
    else
      host.queue.push_back(std::move(one));
    if (!host.listed)
      list(name, host);
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
  known_.insert(one.id);
  forgotten_.erase(one.id);
  ++waiting_;
  delayed_.emplace(when, std::move(one));
}

void frontier::wake_delayed(time_point now) {
  while (!delayed_.empty() && delayed_.begin()->first <= now) {
    auto one = std::move(delayed_.begin()->second);
    delayed_.erase(delayed_.begin());
    auto name = one.host;
    auto& host = host_of(name);
    host.queue.push_front(std::move(one));
    if (!host.listed)
      list(name, host);
  }
}

std::vector<lease> frontier::take(const std::string& worker, std::size_t most,
                                  time_point now) {
  wake_delayed(now);
  std::vector<lease> granted;
  while (granted.size() < most && !ready_.empty()
         && ready_.begin()->first <= now) {
    auto name = ready_.begin()->second;
    auto& host = hosts_.at(name);
    auto one = std::move(host.queue.front());
    host.queue.pop_front();
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

void frontier::forget(const std::string& task_id) {
  if (known_.count(task_id) != 0)
    forgotten_.insert(task_id);
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

std::vector<task> frontier::withdraw(const std::string& name) {
  auto& host = host_of(name);
  std::vector<task> taken(std::make_move_iterator(host.queue.begin()),
                          std::make_move_iterator(host.queue.end()));
  host.queue.clear();
  list(name, host);
  for (auto i = delayed_.begin(); i != delayed_.end();)
    if (i->second.host == name) {
      taken.push_back(std::move(i->second));
      i = delayed_.erase(i);
    } else {
      ++i;
    }
  waiting_ -= taken.size();
  return taken;
}

/// Ends a lease of which nobody will hear: its task is the next of its host.
void frontier::give_back(lease_map::iterator held) {
  auto& one = held->second;
  deadlines_.erase({one.deadline, held->first});
  auto name = one.task.host;
  auto& host = hosts_.at(name);
  host.in_flight -= one.has_slot;
  ++waiting_;
  host.circuit.abandoned(one.ticket);
  host.queue.push_front(std::move(one.task));
  leases_.erase(held);
  list(name, host);
}

std::vector<std::string> frontier::worker_lost(const std::string& worker) {
  std::vector<std::string> tasks;
  for (auto i = leases_.begin(); i != leases_.end();) {
    auto held = i++;
    if (held->second.worker != worker)
      continue;
    tasks.push_back(held->second.task.id);
    give_back(held);
  }
  return tasks;
}

std::vector<std::string> frontier::expire(time_point now) {
  std::vector<std::string> tasks;
  while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
    auto held = leases_.find(deadlines_.begin()->second);
    tasks.push_back(held->second.task.id);
    give_back(held);
  }
  return tasks;
}

std::size_t frontier::cancel(std::string_view query_id) {
  // Those that have ended under another lease are no loss.
  std::size_t dropped = 0;
  auto is_cancelled = [&](const task& one) {
    if (one.query_id != query_id)
      return false;
    --waiting_;
    dropped += forgotten_.erase(one.id) == 0;
    return true;
  };
  for (auto& [name, host] : hosts_) {
    auto& queue = host.queue;
    queue.erase(std::remove_if(queue.begin(), queue.end(), is_cancelled),
                queue.end());
    list(name, host);
  }
  for (auto i = delayed_.begin(); i != delayed_.end();)
    i = is_cancelled(i->second) ? delayed_.erase(i) : std::next(i);
  return dropped;
}

std::optional<time_point> frontier::next_change() const {
  std::optional<time_point> soonest;
  auto consider = [&](time_point when) {
    soonest = soonest ? std::min(*soonest, when) : when;
  };
  if (!ready_.empty())
    consider(ready_.begin()->first);
  if (!delayed_.empty())
    consider(delayed_.begin()->first);
  if (!deadlines_.empty())
    consider(deadlines_.begin()->first);
  return soonest;
}

} // namespace jobfarm::plan
