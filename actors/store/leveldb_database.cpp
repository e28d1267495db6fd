#include "actors/store/leveldb_database.hpp"

#include "actors/store/bounded_env.hpp"
#include "actors/store/disk_failure.hpp"

#include <utility>

namespace jobfarm::store {

namespace {

using leveldb::Slice;
using leveldb::Status;

/// Measured choices: a bloom filter answers most look-ups of what is not
/// there without a disk read; large write buffers make fewer, longer files.
constexpr int bloom_bits = 10;
constexpr std::size_t write_buffer_bytes = 4u << 20;
constexpr std::size_t block_cache_bytes = 2u << 20;
/// Tables: fewer and larger, so that few descriptors reach all of them.
constexpr std::size_t table_bytes = 8u << 20;
constexpr int max_open_files = 256;

/// Entries that are passed one by one before the next key is searched for.
constexpr int nearest = 8;

std::string_view view(const Slice& slice) {
  return {slice.data(), slice.size()};
}

Slice slice(std::string_view view) {
  return {view.data(), view.size()};
}

failure failed(const std::string& what, const Status& status) {
  return disk_failure(what, status.ToString());
}

failure open_failure(const std::string& directory, const Status& status) {
  auto text = status.ToString();
  auto has = [&](const char* part) { return text.find(part) != text.npos; };
  std::string what = "open store " + directory + ": ";
  if (has("lock"))
    return fail(errc::invalid_input,
                what
                    + "another jobfarm is using it; stop that one or choose "
                      "another --data-dir");
  if (status.IsCorruption())
    return fail(errc::invalid_input,
                what + "it is damaged (" + text
                    + "); move the directory away, or restore a copy of it");
  return fail(errc::invalid_input, what + text + "; choose another --data-dir");
}

} // namespace

void leveldb_changes::clear() {
  writes_.Clear();
}

void leveldb_changes::put(const std::string& key, std::string_view value) {
  writes_.Put(key, slice(value));
}

void leveldb_changes::remove(const std::string& key) {
  writes_.Delete(key);
}

ordered_reader::ordered_reader(std::unique_ptr<leveldb::Iterator> at)
    : at_(std::move(at)) {
}

expected<std::optional<std::string_view>>
ordered_reader::value(const std::string& key) {
  for (auto steps = 0; is_placed_ && steps < nearest && at_->Valid()
                       && at_->key().compare(key) < 0;
       ++steps)
    at_->Next();
  if (!is_placed_ || (at_->Valid() && at_->key().compare(key) < 0))
    at_->Seek(key);
  is_placed_ = true;
  if (!at_->status().ok())
    return failed("read " + key, at_->status());
  if (!at_->Valid() || at_->key() != key)
    return std::optional<std::string_view>{};
  return std::optional{view(at_->value())};
}

leveldb_database::leveldb_database()
    : env_(make_bounded_env()),
      filter_(leveldb::NewBloomFilterPolicy(bloom_bits)),
      cache_(leveldb::NewLRUCache(block_cache_bytes)) {
}

expected<std::unique_ptr<leveldb_database>>
leveldb_database::open(const std::string& directory) {
  std::unique_ptr<leveldb_database> opened(new leveldb_database);
  leveldb::Options options;
  options.env = opened->env_.get();
  options.max_open_files = max_open_files;
  options.max_file_size = table_bytes;
  options.create_if_missing = true;
  options.paranoid_checks = true;
  options.write_buffer_size = write_buffer_bytes;
  options.filter_policy = opened->filter_.get();
  options.block_cache = opened->cache_.get();
  options.compression = leveldb::kNoCompression;
  leveldb::DB* db = nullptr;
  auto status = leveldb::DB::Open(options, directory, &db);
  opened->db_.reset(db);
  if (!status.ok())
    return open_failure(directory, status);
  return opened;
}

expected<std::optional<std::string>>
leveldb_database::value(const std::string& key) const {
  std::string value;
  auto status = db_->Get({}, key, &value);
  if (status.ok())
    return std::optional{std::move(value)};
  if (status.IsNotFound())
    return std::optional<std::string>{};
  return failed("read " + key, status);
}

ordered_reader leveldb_database::read_in_order() const {
  leveldb::ReadOptions options;
  options.fill_cache = false;
  return ordered_reader{
      std::unique_ptr<leveldb::Iterator>(db_->NewIterator(options))};
}

expected<void> leveldb_database::scan(const std::string& prefix,
                                      const entry_visitor& visit) const {
  leveldb::ReadOptions options;
  options.fill_cache = false;
  std::unique_ptr<leveldb::Iterator> at(db_->NewIterator(options));
  for (at->Seek(prefix); at->Valid() && at->key().starts_with(prefix);
       at->Next()) {
    auto go_on = visit(view(at->key()), view(at->value()));
    if (!go_on)
      return go_on.error();
    if (!*go_on)
      return {};
  }
  if (!at->status().ok())
    return failed("scan " + prefix, at->status());
  return {};
}

expected<void> leveldb_database::write(leveldb_changes& changes) {
  leveldb::WriteOptions options;
  options.sync = true;
  auto status = db_->Write(options, &changes.writes_);
  if (!status.ok())
    return failed("commit", status);
  return {};
}

} // namespace jobfarm::store
