#include "actors/store/memory_store.hpp"

#include "actors/store/keys.hpp"

#include <algorithm>

namespace jobfarm::store {

namespace {

template <class Map, class T = typename Map::mapped_type>
std::optional<T> find_in(const Map& map, std::string_view key) {
  auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional<T>{found->second};
}

/// Copies what lies under `prefix`, so that visitors run without the lock.
template <class Map>
std::vector<std::pair<std::string, typename Map::mapped_type>>
under(const Map& map, std::string_view prefix) {
  std::vector<std::pair<std::string, typename Map::mapped_type>> some;
  for (auto at = map.lower_bound(prefix);
       at != map.end() && at->first.compare(0, prefix.size(), prefix) == 0;
       ++at)
    some.emplace_back(*at);
  return some;
}

template <class Changes, class Map>
void apply(const Changes& changes, Map& map) {
  for (const auto& [key, value] : changes)
    if (value)
      map[key] = *value;
    else
      map.erase(key);
}

template <class Map>
bool has_all(const Map& map, const times_changes& changes) {
  return std::all_of(changes.begin(), changes.end(), [&](const auto& one) {
    return map.count(one.first) != 0;
  });
}

template <class Map>
void apply_times(const times_changes& changes, Map& map) {
  for (const auto& [id, times] : changes)
    set_times(map.at(id), times);
}

} // namespace

expected<void> memory_store::commit(const batch& changes) {
  std::lock_guard lock(mutex_);
  if (!has_all(postings_, changes.posting_times)
      || !has_all(originals_, changes.original_times))
    return fail(errc::store_failed, "commit: a posting is missing");
  apply_times(changes.posting_times, postings_);
  apply_times(changes.original_times, originals_);
  apply(changes.postings, postings_);
  apply(changes.originals, originals_);
  for (const auto& one : changes.found)
    found_[key(found_rows, {one.query_id, one.posting_id})] = true;
  apply(changes.index, index_);
  for (const auto& one : changes.rejections)
    rejections_[rejection_key(one.query_id, one.what)] = one.what;
  for (const auto& one : changes.tasks)
    tasks_[task_key(one.task.query_id, one.task.id)] = one;
  for (const auto& one : changes.queries)
    queries_[one.query.query_id] = one;
  events_.insert(events_.end(), changes.events.begin(), changes.events.end());
  return {};
}

expected<std::optional<job_posting>>
memory_store::posting(std::string_view id, std::string_view) const {
  std::lock_guard lock(mutex_);
  return find_in(postings_, id);
}

expected<std::optional<job_posting>>
memory_store::original(std::string_view id, std::string_view) const {
  std::lock_guard lock(mutex_);
  return find_in(originals_, id);
}

expected<std::optional<std::string>>
memory_store::lookup(std::string_view index_key) const {
  std::lock_guard lock(mutex_);
  return find_in(index_, index_key);
}

expected<void>
memory_store::scan_index(std::string_view prefix,
                         const visitor<index_entry>& visit) const {
  std::unique_lock lock(mutex_);
  auto some = under(index_, prefix);
  lock.unlock();
  for (auto& [at, value] : some)
    if (!visit({at, std::move(value)}))
      break;
  return {};
}

expected<void>
memory_store::scan_postings(std::string_view query_id,
                            const visitor<job_posting>& visit) const {
  if (!query_id.empty())
    return scan_postings_after(query_id, "", visit);
  std::unique_lock lock(mutex_);
  auto some = under(postings_, "");
  lock.unlock();
  for (auto& [id, one] : some)
    if (!visit(std::move(one)))
      break;
  return {};
}

expected<std::vector<std::string>>
memory_store::found_after(std::string_view query_id,
                          std::string_view after) const {
  const auto prefix = key(found_rows, {query_id, ""});
  std::lock_guard lock(mutex_);
  std::vector<std::string> ids;
  for (auto at = found_.upper_bound(prefix + std::string{after});
       at != found_.end() && at->first.compare(0, prefix.size(), prefix) == 0
       && ids.size() < most_found_at_once;
       ++at)
    ids.push_back(at->first.substr(prefix.size()));
  return ids;
}

expected<void>
memory_store::read_postings(const std::vector<std::string>& ids,
                            job_posting& one,
                            const std::function<bool()>& visit) const {
  auto read = [&](const std::string& id) {
    std::lock_guard lock(mutex_);
    const auto found = postings_.find(id);
    if (found == postings_.end())
      return false;
    one = found->second;
    return true;
  };
  for (const auto& id : ids)
    if (read(id) && !visit())
      break;
  return {};
}

expected<void>
memory_store::scan_rejections(std::string_view query_id,
                              const visitor<rejection>& visit) const {
  std::unique_lock lock(mutex_);
  auto some =
      under(rejections_, query_id.empty() ? "r/" : key("r", {query_id, ""}));
  lock.unlock();
  for (auto& [at, one] : some)
    if (!visit(std::move(one)))
      break;
  return {};
}

expected<void>
memory_store::scan_tasks(std::string_view query_id, task_state state,
                         const visitor<task_record>& visit) const {
  std::unique_lock lock(mutex_);
  auto some = under(tasks_, query_id.empty() ? "t/" : key("t", {query_id, ""}));
  lock.unlock();
  for (auto& [at, one] : some)
    if (one.state == state && !visit(std::move(one)))
      break;
  return {};
}

expected<std::optional<task_record>>
memory_store::task(std::string_view query_id, std::string_view task_id) const {
  std::lock_guard lock(mutex_);
  return find_in(tasks_, key("t", {query_id, task_id}));
}

expected<std::optional<query_record>>
memory_store::query(std::string_view query_id) const {
  std::lock_guard lock(mutex_);
  return find_in(queries_, query_id);
}

expected<void>
memory_store::scan_queries(const visitor<query_record>& visit) const {
  std::unique_lock lock(mutex_);
  std::vector<query_record> all;
  for (const auto& [id, one] : queries_)
    all.push_back(one);
  lock.unlock();
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.query.submitted_at > b.query.submitted_at;
  });
  for (auto& one : all)
    if (!visit(std::move(one)))
      break;
  return {};
}

expected<void> memory_store::scan_events(std::string_view query_id,
                                         const visitor<event>& visit) const {
  std::unique_lock lock(mutex_);
  auto all = events_;
  lock.unlock();
  for (auto& one : all)
    if (one.query_id == query_id && !visit(std::move(one)))
      break;
  return {};
}

} // namespace jobfarm::store
