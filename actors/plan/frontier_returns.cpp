#include "actors/plan/frontier.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

// The other part of the frontier: tasks that come back, or go for good.

namespace jobfarm::plan {

std::vector<task> frontier::withdraw(const std::string& name) {
  auto& host = host_of(name);
  std::vector<task> taken;
  for (auto& lane : host.lanes) {
    taken.insert(taken.end(), std::make_move_iterator(lane.queue.begin()),
                 std::make_move_iterator(lane.queue.end()));
    lane.queue.clear();
  }
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

/// Ends a lease of which nobody will hear: its task is the next of its host,
/// unless its query has ended.
void frontier::give_back(lease_map::iterator held) {
  auto& one = held->second;
  deadlines_.erase({one.deadline, held->first});
  auto name = one.task.host;
  auto& host = hosts_.at(name);
  host.in_flight -= one.has_slot;
  host.circuit.abandoned(one.ticket);
  if (is_known(one.task.query_id, one.task.id)) {
    ++waiting_;
    enqueue(std::move(one.task), true);
  }
  leases_.erase(held);
  list(name, host);
}

std::vector<std::string> frontier::worker_lost(const std::string& worker) {
  browsers_.erase(worker);
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
  auto known = known_.find(std::string{query_id});
  if (known == known_.end())
    return dropped;
  auto is_cancelled = [&](const task& one) {
    if (one.query_id != query_id)
      return false;
    --waiting_;
    // The query may be taken up again.
    known->second.erase(one.id);
    dropped += forgotten_.erase(one.id) == 0;
    return true;
  };
  for (auto& [name, host] : hosts_) {
    for (auto& [queue, listed] : host.lanes)
      queue.erase(std::remove_if(queue.begin(), queue.end(), is_cancelled),
                  queue.end());
    list(name, host);
  }
  for (auto i = delayed_.begin(); i != delayed_.end();)
    i = is_cancelled(i->second) ? delayed_.erase(i) : std::next(i);
  return dropped;
}

void frontier::forget_query(const std::string& query_id) {
  auto known = known_.find(query_id);
  if (known == known_.end())
    return;
  if (!forgotten_.empty()) {
    cancel(query_id);
    for (const auto& task_id : known->second)
      forgotten_.erase(task_id);
  }
  known_.erase(known);
}

} // namespace jobfarm::plan
