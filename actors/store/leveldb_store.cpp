#include "actors/store/leveldb_store.hpp"

#include "actors/store/bounded_env.hpp"
#include "actors/store/keys.hpp"
#include "actors/store/stored_value.hpp"
#include "messages/msgpack.hpp"

#include <leveldb/cache.h>
#include <leveldb/db.h>
#include <leveldb/filter_policy.h>
#include <leveldb/write_batch.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace jobfarm::store {

namespace {

using leveldb::Slice;
using leveldb::Status;

/// Measured choices: a bloom filter answers most look-ups of what is not
/// there without a disk read; large write buffers make fewer, longer files.
constexpr int bloom_bits = 10;
constexpr std::size_t write_buffer_bytes = 8u << 20;
constexpr std::size_t block_cache_bytes = 16u << 20;
/// Tables: fewer and larger, so that few descriptors reach all of them.
constexpr std::size_t table_bytes = 8u << 20;
constexpr int max_open_files = 256;

std::string_view view(const Slice& slice) {
  return {slice.data(), slice.size()};
}

failure store_failure(const std::string& what, const Status& status) {
  auto why = what + ": " + status.ToString();
  // LevelDB tells the system's error by its text only.
  for (int no_room : {ENOSPC, EDQUOT, EFBIG})
    if (why.find(std::strerror(no_room)) != std::string::npos)
      why += "; make room there, or choose another --data-dir; what was"
             " acknowledged is kept";
  return fail(errc::store_failed, std::move(why));
}

class leveldb_store : public store {
public:
  static expected<std::unique_ptr<store>> open(const std::string& directory);

  expected<void> commit(const batch& changes) override;
  expected<std::optional<job_posting>>
  posting(std::string_view id) const override {
    return record<job_posting>(posting_key(id));
  }
  expected<std::optional<std::string>>
  lookup(std::string_view index_key) const override {
    return value(key("x", {index_key}));
  }
  expected<void> scan_index(std::string_view prefix,
                            const visitor<index_entry>& visit) const override;
  expected<void>
  scan_postings(std::string_view query_id,
                const visitor<job_posting>& visit) const override;
  expected<void>
  scan_postings_after(std::string_view query_id, std::string_view after,
                      const visitor<job_posting>& visit) const override;
  expected<void>
  scan_rejections(std::string_view query_id,
                  const visitor<rejection>& visit) const override {
    return scan_records(query_id.empty() ? "r/" : key("r", {query_id, ""}),
                        visit);
  }
  expected<void> scan_tasks(std::string_view query_id, task_state state,
                            const visitor<task_record>& visit) const override;
  expected<std::optional<task_record>>
  task(std::string_view query_id, std::string_view task_id) const override;
  expected<std::optional<query_record>>
  query(std::string_view query_id) const override {
    return record<query_record>(key("q", {query_id}));
  }
  expected<void>
  scan_queries(const visitor<query_record>& visit) const override;
  expected<void> scan_events(std::string_view query_id,
                             const visitor<event>& visit) const override {
    return scan_records(key("e", {query_id, ""}), visit);
  }

private:
  leveldb_store() = default;

  expected<void> check_schema();
  expected<void> read_event_count();
  expected<std::optional<std::string>> value(const std::string& at) const;

  template <class Record>
  expected<std::optional<Record>> record(const std::string& at) const {
    auto bytes = value(at);
    if (!bytes)
      return bytes.error();
    if (!*bytes)
      return std::optional<Record>{};
    auto read = unpack<Record>(**bytes);
    if (!read)
      return fail(errc::store_failed,
                  "read " + at + ": " + read.error().detail);
    return std::optional<Record>{*std::move(read)};
  }

  /// Visits key and value of everything under `prefix`, in key order, from
  /// `begin` on if that is given.
  template <class Visit>
  expected<void> scan(const std::string& prefix, Visit visit,
                      const std::string& begin = {}) const {
    leveldb::ReadOptions options;
    options.fill_cache = false;
    std::unique_ptr<leveldb::Iterator> at(db_->NewIterator(options));
    for (at->Seek(begin.empty() ? prefix : begin); at->Valid() && at->key().starts_with(prefix);
         at->Next()) {
      auto value = from_stored(at->value().ToString());
      if (!value)
        return fail(errc::store_failed, "scan " + prefix + ": "
                                            + value.error().detail);
      auto go_on = visit(view(at->key()), std::string_view{*value});
      if (!go_on)
        return go_on.error();
      if (!*go_on)
        return {};
    }
    if (!at->status().ok())
      return store_failure("scan " + prefix, at->status());
    return {};
  }

  template <class Record>
  expected<void> scan_records(const std::string& prefix,
                              const visitor<Record>& visit) const {
    return scan(
        prefix,
        [&](std::string_view at, std::string_view bytes) -> expected<bool> {
          auto read = unpack<Record>(bytes);
          if (!read)
            return fail(errc::store_failed,
                        "read " + std::string{at} + ": " + read.error().detail);
          return visit(*read);
        });
  }

  // The database uses these until it is closed: they are destroyed after it.
  std::unique_ptr<leveldb::Env> env_ = make_bounded_env();
  std::unique_ptr<const leveldb::FilterPolicy> filter_;
  std::unique_ptr<leveldb::Cache> cache_;
  std::unique_ptr<leveldb::DB> db_;
  std::uint64_t next_event_ = 0;
};

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

expected<std::unique_ptr<store>>
leveldb_store::open(const std::string& directory) {
  std::unique_ptr<leveldb_store> opened(new leveldb_store);
  opened->filter_.reset(leveldb::NewBloomFilterPolicy(bloom_bits));
  opened->cache_.reset(leveldb::NewLRUCache(block_cache_bytes));
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
  if (auto checked = opened->check_schema(); !checked)
    return checked.error();
  return std::unique_ptr<store>(std::move(opened));
}

expected<void> leveldb_store::check_schema() {
  const auto at = key("m", {"schema"});
  auto stored = value(at);
  if (!stored)
    return stored.error();
  if (!*stored) {
    leveldb::WriteOptions options;
    options.sync = true;
    auto status = db_->Put(options, at, std::to_string(schema_version));
    if (!status.ok())
      return store_failure("write the store's version", status);
    return {};
  }
  if (**stored == std::to_string(schema_version))
    return read_event_count();
  auto is_older = std::atoi((*stored)->c_str()) < schema_version;
  return fail(errc::invalid_input,
              "the store has version " + **stored + ", this jobfarm knows "
                  + std::to_string(schema_version)
                  + (is_older ? "; collect anew into another --data-dir, or "
                                "use the older jobfarm"
                              : "; use the newer jobfarm, or another "
                                "--data-dir"));
}

/// Events are numbered through, over all openings of the store.
expected<void> leveldb_store::read_event_count() {
  auto stored = value(key("m", {"events"}));
  if (!stored)
    return stored.error();
  if (*stored)
    next_event_ = std::strtoull((*stored)->c_str(), nullptr, 10);
  return {};
}

expected<std::optional<std::string>>
leveldb_store::value(const std::string& at) const {
  std::string bytes;
  auto status = db_->Get({}, at, &bytes);
  if (status.ok()) {
    auto value = from_stored(std::move(bytes));
    if (!value)
      return fail(errc::store_failed, "read " + at + ": "
                                          + value.error().detail);
    return std::optional{*std::move(value)};
  }
  if (status.IsNotFound())
    return std::optional<std::string>{};
  return store_failure("read " + at, status);
}

expected<void> leveldb_store::commit(const batch& changes) {
  leveldb::WriteBatch writes;
  auto put = [&](const std::string& at, std::string value) {
    writes.Put(at, to_stored(std::move(value)));
  };
  for (const auto& [id, one] : changes.postings)
    if (one)
      put(posting_key(id), pack(*one));
    else
      writes.Delete(posting_key(id));
  for (const auto& one : changes.found)
    put(found_key(one.query_id, one.posting_id), {});
  for (const auto& [at, value] : changes.index)
    if (value)
      put(key("x", {at}), *value);
    else
      writes.Delete(key("x", {at}));
  for (const auto& one : changes.rejections)
    put(rejection_key(one.query_id, one.what), pack(one.what));
  for (const auto& one : changes.tasks) {
    const auto& query_id = one.task.query_id;
    for (auto state : all_task_states)
      if (state != one.state)
        writes.Delete(task_key(query_id, state, one.task.id));
    put(task_key(query_id, one.state, one.task.id), pack(one));
  }
  for (const auto& one : changes.queries)
    put(key("q", {one.query.query_id}), pack(one));
  for (const auto& one : changes.events)
    put(event_key(one.query_id, next_event_++), pack(one));
  if (!changes.events.empty())
    writes.Put(key("m", {"events"}), std::to_string(next_event_));
  leveldb::WriteOptions options;
  options.sync = true;
  auto status = db_->Write(options, &writes);
  if (!status.ok())
    return store_failure("commit", status);
  return {};
}

expected<void>
leveldb_store::scan_index(std::string_view prefix,
                          const visitor<index_entry>& visit) const {
  return scan(
      key("x", {prefix}),
      [&](std::string_view at, std::string_view bytes) -> expected<bool> {
        return visit({std::string{at.substr(2)}, std::string{bytes}});
      });
}

expected<void>
leveldb_store::scan_postings(std::string_view query_id,
                             const visitor<job_posting>& visit) const {
  if (query_id.empty())
    return scan_records("p/", visit);
  return scan_postings_after(query_id, "", visit);
}

expected<void>
leveldb_store::scan_postings_after(std::string_view query_id,
                                   std::string_view after,
                                   const visitor<job_posting>& visit) const {
  if (query_id.empty())
    return store::scan_postings_after(query_id, after, visit);
  auto prefix = key("f", {query_id, ""});
  auto visit_found = [&](std::string_view at,
                         std::string_view) -> expected<bool> {
    auto id = at.substr(prefix.size());
    if (id == after)
      return true;
    auto found = posting(id);
    if (!found)
      return found.error();
    return !*found || visit(**found);
  };
  return scan(prefix, visit_found, prefix + std::string{after});
}

expected<void>
leveldb_store::scan_tasks(std::string_view query_id, task_state state,
                          const visitor<task_record>& visit) const {
  if (!query_id.empty())
    return scan_records(task_key(query_id, state, ""), visit);
  return scan_records<task_record>("t/", [&](const task_record& one) {
    return one.state != state || visit(one);
  });
}

expected<std::optional<task_record>>
leveldb_store::task(std::string_view query_id, std::string_view task_id) const {
  for (auto state : all_task_states) {
    auto found = record<task_record>(task_key(query_id, state, task_id));
    if (!found || *found)
      return found;
  }
  return std::optional<task_record>{};
}

expected<void>
leveldb_store::scan_queries(const visitor<query_record>& visit) const {
  std::vector<query_record> all;
  auto scanned = scan_records<query_record>("q/", [&](const query_record& one) {
    all.push_back(one);
    return true;
  });
  if (!scanned)
    return scanned;
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.query.submitted_at > b.query.submitted_at;
  });
  for (const auto& one : all)
    if (!visit(one))
      break;
  return {};
}

} // namespace

expected<std::unique_ptr<store>>
open_leveldb_store(const std::string& directory) {
  return leveldb_store::open(directory);
}

} // namespace jobfarm::store
