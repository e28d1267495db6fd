#include "actors/store/pending_view.hpp"

#include <utility>

namespace jobfarm::store {

namespace {

/// The posting with those times, if there are any.
shared_posting with(std::optional<job_posting> posting,
                    const seen_times* times) {
  if (!posting)
    return nullptr;
  if (times != nullptr)
    set_times(*posting, *times);
  return share(*std::move(posting));
}

shared_posting with(const shared_posting& posting, const seen_times* times) {
  if (!posting || times == nullptr)
    return posting;
  return with(std::optional{*posting}, times);
}

template <class Changes>
auto* change_of(Changes& changes, const std::string& id) {
  auto found = changes.find(id);
  return found == changes.end() ? nullptr : &found->second;
}

} // namespace

pending_view::pending_view(std::shared_ptr<const store> disk)
    : disk_(std::move(disk)) {
}

const pending_view::posting_kind pending_view::posting_parts = {
    &batch::postings, &batch::posting_times, &store::posting};
const pending_view::posting_kind pending_view::original_parts = {
    &batch::originals, &batch::original_times, &store::original};

expected<shared_posting> pending_view::read(const posting_kind& kind,
                                            const std::string& id,
                                            std::string_view likely) const {
  const seen_times* times = nullptr;
  for (const auto* changes : {&open_, sent_.get()}) {
    if (const auto* whole = change_of(changes->*kind.whole, id))
      return with(*whole, times);
    if (times == nullptr)
      times = change_of(changes->*kind.times, id);
  }
  auto found = (*disk_.*kind.read)(id, likely);
  if (!found)
    return found.error();
  return with(*std::move(found), times);
}

void pending_view::put(const posting_kind& kind, const std::string& id,
                       shared_posting posting) {
  (open_.*kind.times).erase(id);
  (open_.*kind.whole).insert_or_assign(id, std::move(posting));
}

void pending_view::put_times(const posting_kind& kind, const std::string& id,
                             seen_times times) {
  if (auto* whole = change_of(open_.*kind.whole, id))
    *whole = with(*whole, &times);
  else
    (open_.*kind.times).insert_or_assign(id, std::move(times));
}

expected<shared_posting> pending_view::posting(const std::string& id,
                                               std::string_view likely) const {
  return read(posting_parts, id, likely);
}

expected<shared_posting> pending_view::original(const std::string& id,
                                                std::string_view likely) const {
  return read(original_parts, id, likely);
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
  const auto& id = posting->id;
  put(posting_parts, id, std::move(posting));
}

void pending_view::remove_posting(const std::string& id) {
  put(posting_parts, id, nullptr);
}

void pending_view::put_original(shared_posting record) {
  const auto& id = record->id;
  put(original_parts, id, std::move(record));
}

void pending_view::remove_original(const std::string& id) {
  put(original_parts, id, nullptr);
}

void pending_view::put_posting_times(const std::string& id, seen_times times) {
  put_times(posting_parts, id, std::move(times));
}

void pending_view::put_original_times(const std::string& id, seen_times times) {
  put_times(original_parts, id, std::move(times));
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
