#pragma once

#include "actors/collect/key_filter.hpp"
#include "actors/store/pending_view.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace jobfarm::collect {

/// What stands for an index key where 8 bytes do.
std::uint64_t hash_of(std::string_view key);

/// Entries of the duplicates index whose keys mostly are not there when they
/// are asked for, as nearly every posting is new: a filter in memory answers
/// that. What it has to know is written in the batch that adds the keys, so
/// that it is right after any end of the process. Index key:
///
///     dup/n/NUMBER       hashes of the keys that a batch added, 8 bytes each
///                        in the byte order of the machine
class index_keys {
public:
  explicit index_keys(store::pending_view& view);

  /// Reads what the filter has to know, once: 0.1 s a million postings. Before
  /// that every key is looked up. Errors: store_failed.
  expected<void> open();

  /// Errors: store_failed.
  expected<std::optional<std::string>> lookup(const std::string& key) const;

  using entry_visitor =
      std::function<void(std::uint64_t number, const std::string& value)>;

  /// Visits the entries under a prefix, with what follows it as a number; not
  /// in the order of these. Errors: store_failed.
  expected<void> each_numbered(const std::string& prefix,
                               const entry_visitor& visit) const;

  /// An entry whose key is not there, as far as is known. After `open`.
  void add(std::string key, std::string value);
  /// Notes that a key is there from now on.
  void note(const std::string& key);
  /// An entry whose key is there.
  void put(std::string key, std::string value) {
    view_.put_index(std::move(key), std::move(value));
  }
  /// A key that may be there again later.
  void remove(std::string key) {
    view_.remove_index(std::move(key));
  }

  /// For entries that are written in place.
  store::pending_view& view() const noexcept {
    return view_;
  }

private:
  store::pending_view& view_;
  key_filter filter_;
  bool is_open_ = false;
  std::uint64_t next_number_ = 0;
  /// Hashes of the keys that the open batch adds.
  store::growing_entry hashes_;
};

} // namespace jobfarm::collect
