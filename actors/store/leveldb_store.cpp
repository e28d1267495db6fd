#include "actors/store/leveldb_store.hpp"

#include "actors/store/disk_failure.hpp"
#include "actors/store/found_lists.hpp"
#include "actors/store/keys.hpp"
#include "actors/store/leveldb_database.hpp"
#include "actors/store/posting_reader.hpp"
#include "actors/store/posting_writer.hpp"
#include "messages/msgpack.hpp"

#include <algorithm>
#include <cstdlib>

namespace jobfarm::store {

namespace {

char letter_of(task_state state) {
  switch (state) {
    case task_state::ready: return 'r';
    case task_state::done: return 'd';
    case task_state::dropped: return 'y';
    default: return 'x';
  }
}

/// Makes a record of the value that stands under the key `at`.
template <class Record>
expected<Record> record_in(std::string_view bytes, std::string_view at) {
  auto read = unpack<Record>(bytes);
  if (!read)
    return unreadable(at, read.error().detail);
  return read;
}

expected<task_record> task_in(std::string_view bytes, std::string_view at) {
  return record_in<task_record>(bytes.substr(!bytes.empty()), at);
}

/// A scan goes on behind a posting that is damaged.
expected<bool> past_damage(const failure& why) {
  if (why.code == errc::bad_payload)
    return true;
  return why;
}

class leveldb_store : public store {
public:
  static expected<std::unique_ptr<store>>
  open(const std::string& directory, text_file::damage_hearer damaged);

  expected<void> commit(const batch& changes) override;
  expected<std::optional<job_posting>>
  posting(std::string_view id, std::string_view likely) const override {
    return read_posting(posting_key(id), likely);
  }
  expected<std::optional<job_posting>>
  original(std::string_view id, std::string_view likely) const override {
    return read_posting(original_key(id), likely);
  }
  expected<std::optional<std::string>>
  lookup(std::string_view index_key) const override {
    return db_->value(key(index_rows, {index_key}));
  }
  expected<void> scan_index(std::string_view prefix,
                            const visitor<index_entry>& visit) const override;
  expected<void>
  scan_postings(std::string_view query_id,
                const visitor<job_posting>& visit) const override;
  expected<std::vector<std::string>>
  found_after(std::string_view query_id,
              std::string_view after) const override {
    return jobfarm::store::found_after(*db_, query_id, after);
  }
  expected<void>
  read_postings(const std::vector<std::string>& ids, job_posting& one,
                const std::function<bool()>& visit) const override;
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
  expected<void> read_next_number();
  void put_postings(std::string_view kind, const posting_changes& changes,
                    const batch& all);
  expected<void> put_times(std::string_view kind, const times_changes& changes);
  expected<std::optional<job_posting>>
  read_posting(const std::string& at, std::string_view likely) const;

  template <class Record>
  expected<std::optional<Record>> record(const std::string& at) const {
    auto bytes = db_->value(at);
    if (!bytes)
      return bytes.error();
    if (!*bytes)
      return std::optional<Record>{};
    auto read = record_in<Record>(**bytes, at);
    if (!read)
      return read.error();
    return std::optional{*std::move(read)};
  }

  template <class Record>
  expected<void> scan_records(const std::string& prefix,
                              const visitor<Record>& visit) const {
    return db_->scan(
        prefix,
        [&](std::string_view at, std::string_view bytes) -> expected<bool> {
          auto read = record_in<Record>(bytes, at);
          if (!read)
            return read.error();
          return visit(*std::move(read));
        });
  }

  std::unique_ptr<leveldb_database> db_;
  std::unique_ptr<text_file> texts_;
  std::optional<posting_writer> writer_;
  std::uint64_t next_number_ = 0;
  /// Of the batch that is being written.
  leveldb_changes writes_;
};

expected<std::unique_ptr<store>>
leveldb_store::open(const std::string& directory,
                    text_file::damage_hearer damaged) {
  std::unique_ptr<leveldb_store> opened(new leveldb_store);
  auto db = leveldb_database::open(directory);
  if (!db)
    return db.error();
  opened->db_ = *std::move(db);
  if (auto checked = opened->check_schema(); !checked)
    return checked.error();
  auto texts = text_file::open(directory + "/texts", std::move(damaged));
  if (!texts)
    return texts.error();
  opened->texts_ = *std::move(texts);
  opened->writer_.emplace(*opened->db_, *opened->texts_);
  return std::unique_ptr<store>(std::move(opened));
}

expected<void> leveldb_store::check_schema() {
  const auto at = key("m", {"schema"});
  auto stored = db_->value(at);
  if (!stored)
    return stored.error();
  if (!*stored) {
    writes_.put(at, std::to_string(schema_version));
    return db_->write(writes_);
  }
  if (**stored == std::to_string(schema_version))
    return read_next_number();
  auto is_older = std::atoi((*stored)->c_str()) < schema_version;
  return fail(errc::invalid_input,
              "the store has version " + **stored + ", this jobfarm knows "
                  + std::to_string(schema_version)
                  + (is_older ? "; collect anew into another --data-dir, or "
                                "use the older jobfarm"
                              : "; use the newer jobfarm, or another "
                                "--data-dir"));
}

/// Numbers go on over all openings of the store.
expected<void> leveldb_store::read_next_number() {
  auto stored = db_->value(key("m", {"next"}));
  if (!stored)
    return stored.error();
  if (*stored)
    next_number_ = std::strtoull((*stored)->c_str(), nullptr, 10);
  return {};
}

expected<std::optional<job_posting>>
leveldb_store::read_posting(const std::string& at,
                            std::string_view likely) const {
  auto row = db_->value(at);
  if (!row)
    return row.error();
  if (!*row)
    return std::optional<job_posting>{};
  std::optional<job_posting> found{std::in_place};
  posting_reader reader(*texts_);
  if (auto done = reader.read(at, **row, *found, likely); !done)
    return done.error();
  return found;
}

void leveldb_store::put_postings(std::string_view kind,
                                 const posting_changes& changes,
                                 const batch& all) {
  std::string room;
  for (const auto& [id, one] : changes) {
    const auto& at = key_in(room, kind, {id});
    if (one)
      // One that comes to a group is no posting of its own any more.
      writes_.put(at, to_bytes(writer_->row_of(kind, *one,
                                               all.postings.count(id) != 0)));
    else
      writes_.remove(at);
  }
}

expected<void> leveldb_store::put_times(std::string_view kind,
                                        const times_changes& changes) {
  std::string room;
  for (const auto& [id, times] : changes) {
    const auto& at = key_in(room, kind, {id});
    auto bytes = db_->value(at);
    if (!bytes)
      return bytes.error();
    auto row = *bytes ? row_in(**bytes) : std::nullopt;
    if (!row)
      return unreadable(at, *bytes ? "it is damaged" : "it is missing");
    row->last_seen = times.last_seen;
    row->closed_at = times.closed_at;
    writes_.put(at, to_bytes(*row));
  }
  return {};
}

expected<void> leveldb_store::commit(const batch& changes) {
  writes_.clear();
  std::string room;
  if (auto put = put_times(posting_rows, changes.posting_times); !put)
    return put;
  if (auto put = put_times(original_rows, changes.original_times); !put)
    return put;
  put_postings(posting_rows, changes.postings, changes);
  put_postings(original_rows, changes.originals, changes);
  put_found(writes_, changes.found, next_number_);
  for (const auto& [at, value] : changes.index)
    if (value)
      writes_.put(key_in(room, index_rows, {at}), *value);
    else
      writes_.remove(key_in(room, index_rows, {at}));
  for (const auto& one : changes.rejections)
    writes_.put(rejection_key(one.query_id, one.what), pack(one.what));
  for (const auto& one : changes.tasks)
    writes_.put(task_key(one.task.query_id, one.task.id),
                letter_of(one.state) + pack(one));
  for (const auto& one : changes.queries)
    writes_.put(key("q", {one.query.query_id}), pack(one));
  for (const auto& one : changes.events)
    writes_.put(numbered_key("e", one.query_id, next_number_++), pack(one));
  if (!changes.events.empty() || !changes.found.empty())
    writes_.put(key("m", {"next"}), std::to_string(next_number_));
  // Before what points to them.
  if (auto written = writer_->write(); !written)
    return written;
  return db_->write(writes_);
}

expected<void>
leveldb_store::scan_index(std::string_view prefix,
                          const visitor<index_entry>& visit) const {
  return db_->scan(
      key(index_rows, {prefix}),
      [&](std::string_view at, std::string_view bytes) -> expected<bool> {
        return visit({std::string{at.substr(2)}, std::string{bytes}});
      });
}

expected<void>
leveldb_store::scan_postings(std::string_view query_id,
                             const visitor<job_posting>& visit) const {
  if (!query_id.empty())
    return scan_postings_after(query_id, "", visit);
  posting_reader reader(*texts_);
  job_posting one;
  return db_->scan(
      key(posting_rows, {""}),
      [&](std::string_view at, std::string_view row) -> expected<bool> {
        if (auto done = reader.read(at, row, one); !done)
          return past_damage(done.error());
        return visit(std::move(one));
      });
}

expected<void>
leveldb_store::read_postings(const std::vector<std::string>& ids,
                             job_posting& one,
                             const std::function<bool()>& visit) const {
  auto rows = db_->read_in_order();
  posting_reader reader(*texts_);
  std::string room;
  for (const auto& id : ids) {
    const auto& at = key_in(room, posting_rows, {id});
    auto row = rows.value(at);
    if (!row)
      return row.error();
    if (!*row)
      continue;
    if (auto done = reader.read(at, **row, one); !done) {
      if (auto passed = past_damage(done.error()); !passed)
        return passed.error();
      continue;
    }
    if (!visit())
      break;
  }
  return {};
}

expected<void>
leveldb_store::scan_tasks(std::string_view query_id, task_state state,
                          const visitor<task_record>& visit) const {
  const auto letter = letter_of(state);
  return db_->scan(
      query_id.empty() ? "t/" : task_key(query_id, ""),
      [&](std::string_view at, std::string_view bytes) -> expected<bool> {
        if (bytes.empty() || bytes.front() != letter)
          return true;
        auto read = task_in(bytes, at);
        if (!read)
          return read.error();
        return visit(*std::move(read));
      });
}

expected<std::optional<task_record>>
leveldb_store::task(std::string_view query_id, std::string_view task_id) const {
  const auto at = task_key(query_id, task_id);
  auto bytes = db_->value(at);
  if (!bytes)
    return bytes.error();
  if (!*bytes)
    return std::optional<task_record>{};
  auto read = task_in(**bytes, at);
  if (!read)
    return read.error();
  return std::optional{*std::move(read)};
}

expected<void>
leveldb_store::scan_queries(const visitor<query_record>& visit) const {
  std::vector<query_record> all;
  auto scanned = scan_records<query_record>("q/", [&](query_record&& one) {
    all.push_back(std::move(one));
    return true;
  });
  if (!scanned)
    return scanned;
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.query.submitted_at > b.query.submitted_at;
  });
  for (auto& one : all)
    if (!visit(std::move(one)))
      break;
  return {};
}

} // namespace

expected<std::unique_ptr<store>>
open_leveldb_store(const std::string& directory,
                   std::function<void(const failure&)> damaged) {
  return leveldb_store::open(directory, std::move(damaged));
}

} // namespace jobfarm::store
