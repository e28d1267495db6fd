#include "actors/store/pending_view.hpp"

#include <utility>

namespace jobfarm::store {

namespace {

expected<shared_posting> shared(expected<std::optional<job_posting>> found) {
  if (!found)
    return found.error();
  return *found ? share(**std::move(found)) : nullptr;
}

} // namespace

pending_view::pending_view(std::shared_ptr<const store> disk)
    : disk_(std::move(disk)) {
}

expected<shared_posting> pending_view::posting(const std::string& id) const {
  for (const auto* changes : {&open_, sent_.get()})
    if (auto found = changes->postings.find(id);
        found != changes->postings.end())
      return found->second;
  return shared(disk_->posting(id));
}

expected<shared_posting> pending_view::original(const std::string& id) const {
  for (const auto* changes : {&open_, sent_.get()})
    if (auto found = changes->originals.find(id);
        found != changes->originals.end())
      return found->second;
  return shared(disk_->original(id));
}

expected<std::optional<std::string>>
pending_view::lookup(const std::string& key) const {
  for (const auto* changes : {&open_, sent_.get()})
    if (auto found = changes->index.find(key); found != changes->index.end())
      return found->second;
  return disk_->lookup(key);
}

expected<void>
pending_view::scan_index(const std::string& prefix,
                         const visitor<index_entry>& visit) const {
  auto go_on = true;
  for (const auto* map : {&open_.index, &sent_->index})
    for (auto at = map->lower_bound(prefix);
         go_on && at != map->end()
         && at->first.compare(0, prefix.size(), prefix) == 0;
         ++at)
      if (at->second
          && (map == &open_.index || open_.index.count(at->first) == 0))
        go_on = visit({at->first, *at->second});
  if (!go_on)
    return {};
  return disk_->scan_index(prefix, [&](index_entry&& entry) {
    return open_.index.count(entry.key) != 0
           || sent_->index.count(entry.key) != 0 || visit(std::move(entry));
  });
}

expected<bool> pending_view::is_settled(const std::string& query_id,
                                        const std::string& task_id) const {
  if (open_settled_.count(task_id) != 0 || sent_settled_.count(task_id) != 0)
    return true;
  auto record = disk_->task(query_id, task_id);
  if (!record)
    return record.error();
  return *record && (*record)->state != task_state::ready;
}

void pending_view::put_posting(shared_posting posting) {
  open_.put(std::move(posting));
}

void pending_view::remove_posting(const std::string& id) {
  open_.postings.insert_or_assign(id, nullptr);
}

void pending_view::put_original(shared_posting record) {
  const auto& id = record->id;
  open_.originals.insert_or_assign(id, std::move(record));
}

void pending_view::remove_original(const std::string& id) {
  open_.originals.insert_or_assign(id, nullptr);
}

void pending_view::remove_index(std::string key) {
  open_.index.insert_or_assign(std::move(key), std::nullopt);
}

void pending_view::put_index(std::string key, std::string value) {
  open_.index.insert_or_assign(std::move(key), std::move(value));
}

void pending_view::put_task(task_record record) {
  if (record.state != task_state::ready)
    open_settled_.insert(record.task.id);
  open_.tasks.push_back(std::move(record));
}

shared_batch pending_view::take_batch() {
  sent_settled_ = std::exchange(open_settled_, {});
  sent_ = share(std::exchange(open_, {}));
  ++taken_;
  return sent_;
}

void pending_view::committed() {
  sent_ = std::make_shared<const batch>();
  sent_settled_.clear();
}

} // namespace jobfarm::store
