#pragma once

#include "actors/store/store.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>

namespace jobfarm::store {

/// The store as it will be once the changes that are on their way are on disk:
/// INGEST decides about a posting while those before it are being written.
/// Changes are collected into the open batch; `take_batch` hands it out, and
/// its content stays visible here until `committed`. One batch may be out at a
/// time.
class pending_view {
public:
  explicit pending_view(std::shared_ptr<const store> disk);

  /// Null if there is none. `likely` is what its description may be: then it is
  /// not read from disk.
  expected<shared_posting> posting(const std::string& id,
                                   std::string_view likely = {}) const;
  expected<shared_posting> original(const std::string& id,
                                    std::string_view likely = {}) const;
  expected<std::optional<std::string>> lookup(const std::string& key) const;
  /// Visits the index entries under `prefix`; each once, in no set order.
  expected<void> scan_index(const std::string& prefix,
                            const visitor<index_entry>& visit) const;
  /// True if the task has ended, here or on disk.
  expected<bool> is_settled(const std::string& query_id,
                            const std::string& task_id) const;

  void put_posting(shared_posting posting);
  void remove_posting(const std::string& id);
  void put_original(shared_posting record);
  void remove_original(const std::string& id);
  /// Of one that is there, and says what it said.
  void put_posting_times(const std::string& id, seen_times times);
  void put_original_times(const std::string& id, seen_times times);
  void put_index(std::string key, std::string value);
  void remove_index(std::string key);
  void put_task(task_record record);

  /// The open batch, for what need not be looked up again.
  batch& open() noexcept {
    return open_;
  }

  shared_batch take_batch();
  void committed();

  /// How many batches were taken.
  std::uint64_t taken() const noexcept {
    return taken_;
  }

private:
  /// Postings, or originals.
  struct posting_kind {
    posting_changes batch::*whole;
    times_changes batch::*times;
    expected<std::optional<job_posting>> (store::*read)(std::string_view,
                                                        std::string_view) const;
  };
  static const posting_kind posting_parts;
  static const posting_kind original_parts;

  expected<shared_posting> read(const posting_kind& kind, const std::string& id,
                                std::string_view likely) const;
  void put(const posting_kind& kind, const std::string& id,
           shared_posting posting);
  void put_times(const posting_kind& kind, const std::string& id,
                 seen_times times);

  std::shared_ptr<const store> disk_;
  batch open_;
  shared_batch sent_ = std::make_shared<const batch>();
  std::unordered_set<std::string> open_settled_;
  std::unordered_set<std::string> sent_settled_;
  std::uint64_t taken_ = 0;
};

/// An index entry that grows while its batch is open: it is looked up once.
class growing_entry {
public:
  /// Its value, null when the batch was taken or none was begun.
  std::string* in(const pending_view& view) const noexcept {
    return taken_ == view.taken() ? value_ : nullptr;
  }

  /// Begins with an entry of the open batch; with `value` if it is not there.
  std::string* begin(pending_view& view, const std::string& key,
                     std::string value = {}) {
    auto& entries = view.open().index;
    value_ = &*entries.try_emplace(key, std::move(value)).first->second;
    taken_ = view.taken();
    return value_;
  }

private:
  std::string* value_ = nullptr;
  std::uint64_t taken_ = 0;
};

} // namespace jobfarm::store
