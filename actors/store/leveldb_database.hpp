#pragma once

#include "messages/expected.hpp"

#include <leveldb/cache.h>
#include <leveldb/db.h>
#include <leveldb/env.h>
#include <leveldb/filter_policy.h>
#include <leveldb/write_batch.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace jobfarm::store {

/// Changes that are written together, or not at all. Used again after `clear`,
/// they have their room already.
class leveldb_changes {
public:
  void clear();
  void put(const std::string& key, std::string_view value);
  void remove(const std::string& key);

private:
  friend class leveldb_database;
  leveldb::WriteBatch writes_;
};

/// Looks up keys in ascending order, each near the one before: cheaper than to
/// search for every one. Sees the database as it was when it was made.
class ordered_reader {
public:
  explicit ordered_reader(std::unique_ptr<leveldb::Iterator> at);

  /// The value under a key, or nothing; it stands until the next look-up.
  /// Errors: store_failed.
  expected<std::optional<std::string_view>> value(const std::string& key);

private:
  std::unique_ptr<leveldb::Iterator> at_;
  bool is_placed_ = false;
};

/// A LevelDB, set up for bounded memory. Nothing is compressed: what is stored
/// is small, and moved more often than read. Any thread reads, one writes.
/// Errors: store_failed, unless said otherwise.
class leveldb_database {
public:
  /// Opens the database in `directory`, making it if it is not there. Errors:
  /// invalid_input with what to do, for a directory that cannot be used, is in
  /// use or is corrupt.
  static expected<std::unique_ptr<leveldb_database>>
  open(const std::string& directory);

  /// The value under a key, or nothing.
  expected<std::optional<std::string>> value(const std::string& key) const;

  ordered_reader read_in_order() const;

  /// True goes on, false stops.
  using entry_visitor = std::function<expected<bool>(std::string_view key,
                                                     std::string_view value)>;

  /// Visits everything under `prefix`, in key order.
  expected<void> scan(const std::string& prefix,
                      const entry_visitor& visit) const;

  /// Returns after the changes are on disk.
  expected<void> write(leveldb_changes& changes);

private:
  leveldb_database();

  // The database uses these until it is closed: they are destroyed after it.
  std::unique_ptr<leveldb::Env> env_;
  std::unique_ptr<const leveldb::FilterPolicy> filter_;
  std::unique_ptr<leveldb::Cache> cache_;
  std::unique_ptr<leveldb::DB> db_;
};

} // namespace jobfarm::store
