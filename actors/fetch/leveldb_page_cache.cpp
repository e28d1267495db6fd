#include "actors/fetch/leveldb_page_cache.hpp"

#include <leveldb/cache.h>
#include <leveldb/db.h>
#include <leveldb/filter_policy.h>
#include <leveldb/write_batch.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace jobfarm::fetch {

namespace {

std::string order_key(std::uint64_t number) {
  char text[32];
  std::snprintf(text, sizeof text, "o/%020llu",
                static_cast<unsigned long long>(number));
  return text;
}

/// What an `o/` entry says: the page's size and its key.
struct order_entry {
  std::size_t bytes = 0;
  std::string key;
};

order_entry read_order(const std::string& value) {
  auto space = value.find(' ');
  if (space == value.npos)
    return {};
  return {std::strtoull(value.c_str(), nullptr, 10), value.substr(space + 1)};
}

class leveldb_page_cache : public page_cache {
public:
  leveldb_page_cache(std::unique_ptr<const leveldb::FilterPolicy> filter,
                     std::unique_ptr<leveldb::DB> db, std::size_t most_bytes)
      : filter_(std::move(filter)),
        db_(std::move(db)),
        most_bytes_(most_bytes) {
    std::unique_ptr<leveldb::Iterator> at(
        db_->NewIterator(leveldb::ReadOptions{}));
    for (at->Seek("o/"); at->Valid() && at->key().starts_with("o/");
         at->Next()) {
      auto entry = read_order(at->value().ToString());
      auto number =
          std::strtoull(at->key().ToString().c_str() + 2, nullptr, 10);
      places_[entry.key] = {number, entry.bytes};
      bytes_ += entry.bytes;
      next_ = number + 1;
    }
  }

  cached_page_ptr get(const std::string& key) override {
    std::string value;
    if (!db_->Get(leveldb::ReadOptions{}, "p/" + key, &value).ok())
      return nullptr;
    return decode_page(value);
  }

  void put(const std::string& key, cached_page_ptr page) override {
    auto value = encode_page(*page);
    auto size = value.size();
    if (size > most_bytes_ / 8)
      return;
    std::lock_guard lock(mutex_);
    leveldb::WriteBatch changes;
    forget(changes, key);
    changes.Put("p/" + key, value);
    changes.Put(order_key(next_), std::to_string(size) + ' ' + key);
    places_[key] = {next_++, size};
    bytes_ += size;
    make_room(changes);
    db_->Write(leveldb::WriteOptions{}, &changes);
  }

private:
  /// Where a page stands in the order of storing.
  struct place {
    std::uint64_t number = 0;
    std::size_t bytes = 0;
  };

  void forget(leveldb::WriteBatch& changes, const std::string& key) {
    auto found = places_.find(key);
    if (found == places_.end())
      return;
    changes.Delete(order_key(found->second.number));
    changes.Delete("p/" + key);
    bytes_ -= found->second.bytes;
    places_.erase(found);
  }

  void make_room(leveldb::WriteBatch& changes) {
    if (bytes_ <= most_bytes_)
      return;
    std::unique_ptr<leveldb::Iterator> at(
        db_->NewIterator(leveldb::ReadOptions{}));
    for (at->Seek("o/");
         bytes_ > most_bytes_ && at->Valid() && at->key().starts_with("o/");
         at->Next()) {
      auto entry = read_order(at->value().ToString());
      auto found = places_.find(entry.key);
      // One that this batch replaces already counts no more.
      if (found != places_.end()
          && at->key() == leveldb::Slice(order_key(found->second.number)))
        forget(changes, entry.key);
    }
  }

  std::unique_ptr<const leveldb::FilterPolicy> filter_;
  std::unique_ptr<leveldb::DB> db_;
  const std::size_t most_bytes_;
  std::mutex mutex_;
  std::unordered_map<std::string, place> places_;
  std::size_t bytes_ = 0;
  std::uint64_t next_ = 1;
};

} // namespace

expected<std::shared_ptr<page_cache>>
open_leveldb_page_cache(const std::string& directory, std::size_t most_bytes) {
  std::unique_ptr<const leveldb::FilterPolicy> filter(
      leveldb::NewBloomFilterPolicy(10));
  leveldb::Options options;
  options.create_if_missing = true;
  options.write_buffer_size = 16u << 20;
  options.filter_policy = filter.get();
  leveldb::DB* db = nullptr;
  auto status = leveldb::DB::Open(options, directory, &db);
  if (status.IsCorruption()) {
    leveldb::DestroyDB(directory, options);
    status = leveldb::DB::Open(options, directory, &db);
  }
  if (!status.ok())
    return fail(errc::store_failed,
                "open page cache " + directory + ": " + status.ToString());
  return std::shared_ptr<page_cache>(std::make_shared<leveldb_page_cache>(
      std::move(filter), std::unique_ptr<leveldb::DB>(db), most_bytes));
}

} // namespace jobfarm::fetch
