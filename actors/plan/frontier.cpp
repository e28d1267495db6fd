#include "actors/plan/frontier.hpp"

#include <algorithm>

namespace jobfarm::plan {

namespace {

/// Good answers that win back one request at the same time.
constexpr std::int32_t good_answers_per_step = 20;

duration interval(const host_budget& budget) {
  if (budget.requests_per_second <= 0)
    return duration::zero();
  return std::chrono::duration_cast<duration>(
      std::chrono::duration<double>(1.0 / budget.requests_per_second));
}

} // namespace

frontier::frontier(duration lease_time, host_budget standard,
                   std::int64_t first_lease)
    : lease_time_(lease_time), standard_(standard), next_lease_(first_lease) {
}

frontier::host_state& frontier::host_of(const std::string& name) {
  auto [found, is_new] = hosts_.try_emplace(name);
  if (is_new) {
    found->second.budget = standard_;
    found->second.window = standard_.concurrent_requests;
  }
  return found->second;
}

void frontier::set_budget(const std::string& host, host_budget budget) {
  auto& state = host_of(host);
  state.budget = budget;
  state.window = budget.concurrent_requests;
  list(host, state);
}

/// Puts a host where `take` finds it, or takes it off the list.
void frontier::list(const std::string& name, host_state& host) {
  if (host.listed)
    ready_.erase({*host.listed, name});
  host.listed.reset();
  if (host.queue.empty() || host.in_flight >= host.window)
    return;
  host.listed = host.next_slot;
  ready_.emplace(host.next_slot, name);
}

std::size_t frontier::insert(std::vector<task> tasks, bool first) {
  std::size_t added = 0;
  // In front, the last of the new tasks goes first so that order is kept.
  if (first)
    std::reverse(tasks.begin(), tasks.end());
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
    ++host.in_flight;
    host.next_slot = std::max(host.next_slot, now) + interval(host.budget);
    list(name, host);
    auto id = next_lease_++;
    deadlines_.emplace(now + lease_time_, id);
    leases_.emplace(id, held_lease{one, worker, now + lease_time_});
    granted.push_back({id, std::move(one)});
  }
  return granted;
}

bool frontier::finish(std::int64_t lease_id, time_point) {
  auto found = leases_.find(lease_id);
  if (found == leases_.end())
    return false;
  deadlines_.erase({found->second.deadline, lease_id});
  auto name = found->second.task.host;
  auto& host = hosts_.at(name);
  --host.in_flight;
  leases_.erase(found);
  list(name, host);
  return true;
}

bool frontier::pause(const std::string& name, time_point until,
                     time_point now) {
  auto& host = host_of(name);
  auto is_news = host.paused_until <= now;
  host.paused_until = std::max(host.paused_until, until);
  host.next_slot = std::max(host.next_slot, until);
  if (is_news) {
    host.window = std::max(1, host.window / 2);
    host.good_in_a_row = 0;
    ++host.refusals;
  }
  list(name, host);
  return is_news;
}

void frontier::succeeded(const std::string& name) {
  auto& host = host_of(name);
  host.refusals = 0;
  if (++host.good_in_a_row < good_answers_per_step)
    return;
  host.good_in_a_row = 0;
  if (host.window < host.budget.concurrent_requests) {
    ++host.window;
    list(name, host);
  }
}

std::int32_t frontier::refusals_in_a_row(const std::string& name) const {
  auto found = hosts_.find(name);
  return found == hosts_.end() ? 0 : found->second.refusals;
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

void frontier::give_back(held_lease& held, time_point) {
  auto name = held.task.host;
  auto& host = hosts_.at(name);
  --host.in_flight;
  ++waiting_;
  host.queue.push_front(std::move(held.task));
  list(name, host);
}

std::vector<std::string> frontier::worker_lost(const std::string& worker,
                                               time_point now) {
  std::vector<std::string> tasks;
  for (auto i = leases_.begin(); i != leases_.end();) {
    if (i->second.worker != worker) {
      ++i;
      continue;
    }
    tasks.push_back(i->second.task.id);
    deadlines_.erase({i->second.deadline, i->first});
    give_back(i->second, now);
    i = leases_.erase(i);
  }
  return tasks;
}

std::vector<std::string> frontier::expire(time_point now) {
  std::vector<std::string> tasks;
  while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
    auto found = leases_.find(deadlines_.begin()->second);
    deadlines_.erase(deadlines_.begin());
    tasks.push_back(found->second.task.id);
    give_back(found->second, now);
    leases_.erase(found);
  }
  return tasks;
}

std::size_t frontier::cancel(std::string_view query_id) {
  auto before = waiting_;
  auto is_cancelled = [&](const task& one) { return one.query_id == query_id; };
  for (auto& [name, host] : hosts_) {
    auto& queue = host.queue;
    auto kept = std::remove_if(queue.begin(), queue.end(), is_cancelled);
    waiting_ -= static_cast<std::size_t>(queue.end() - kept);
    queue.erase(kept, queue.end());
    list(name, host);
  }
  for (auto i = delayed_.begin(); i != delayed_.end();)
    if (is_cancelled(i->second)) {
      --waiting_;
      i = delayed_.erase(i);
    } else {
      ++i;
    }
  return before - waiting_;
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
