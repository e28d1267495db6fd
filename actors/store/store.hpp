#pragma once

#include "messages/expected.hpp"
#include "messages/ledger.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace jobfarm::store {

/// One entry of a secondary index: signatures, sightings, LSH bands. Keys
/// are chosen by the trade that looks them up (`sig/url/<hash>`).
struct index_entry {
  std::string key;
  std::string value;
};

/// A posting that belongs to a query's result.
struct found_entry {
  std::string query_id;
  std::string posting_id;
};

/// A record that a query's crawl could not make a posting of.
struct rejection_entry {
  std::string query_id;
  rejection what;
};

/// A posting that changes no more: whoever needs it holds it.
using shared_posting = std::shared_ptr<const job_posting>;

inline shared_posting share(job_posting one) {
  return std::make_shared<const job_posting>(std::move(one));
}

/// By id: inserted or replaced; null stands for one that is removed.
using posting_changes = std::unordered_map<std::string, shared_posting>;

/// When a posting was seen last, and when it closed.
struct seen_times {
  std::string last_seen;
  std::string closed_at;
};

inline void set_times(job_posting& one, const seen_times& times) {
  one.last_seen = times.last_seen;
  one.closed_at = times.closed_at;
}

/// By id, of postings that say what they said.
using times_changes = std::unordered_map<std::string, seen_times>;

/// Changes that become visible and durable together, or not at all.
struct batch {
  posting_changes postings;
  /// Records that are part of a posting with others, each as it came. A record
  /// that is alone is its posting.
  posting_changes originals;
  /// Of those that are there and that are not changed otherwise: a batch with
  /// times of another is refused.
  times_changes posting_times;
  times_changes original_times;
  /// Postings (new or old) that a query found.
  std::vector<found_entry> found;
  /// By key: set or replaced; nothing stands for one that is removed.
  std::map<std::string, std::optional<std::string>> index;
  std::vector<rejection_entry> rejections;
  std::vector<task_record> tasks;
  std::vector<query_record> queries;
  std::vector<event> events;

  void put(shared_posting posting) {
    const auto& id = posting->id;
    postings.insert_or_assign(id, std::move(posting));
  }
  void put(job_posting posting) {
    put(std::make_shared<const job_posting>(std::move(posting)));
  }
};

/// A batch on its way: who made it still reads it.
using shared_batch = std::shared_ptr<const batch>;

inline shared_batch share(batch changes) {
  return std::make_shared<const batch>(std::move(changes));
}

/// What a scan does with each item, which it may keep: true goes on, false
/// stops.
template <class T>
using visitor = std::function<bool(T&&)>;

/// How many ids `store::found_after` gives at most: each time it looks through
/// all, and takes 200 bytes an id.
constexpr std::size_t most_found_at_once = 1u << 14;

/// The farm's durable memory. Implementations pass one contract suite. Safe to
/// read from any thread, one writes. All calls may block on disk. Errors:
/// store_failed, with cause; bad_payload of a damaged posting: scans pass it
/// by.
class store {
public:
  virtual ~store() = default;

  /// Applies `changes` atomically and returns after they are on disk.
  virtual expected<void> commit(const batch& changes) = 0;

  /// `likely` is what its description may be: then it is not read.
  virtual expected<std::optional<job_posting>>
  posting(std::string_view id, std::string_view likely = {}) const = 0;

  /// A record of a group, as it came.
  virtual expected<std::optional<job_posting>>
  original(std::string_view id, std::string_view likely = {}) const = 0;

  /// The value under an index key, or nothing.
  virtual expected<std::optional<std::string>>
  lookup(std::string_view key) const = 0;

  /// Visits index entries whose key begins with `prefix`, in key order.
  virtual expected<void>
  scan_index(std::string_view prefix,
             const visitor<index_entry>& visit) const = 0;

  /// Visits the postings that `query_id` found (all postings if empty), by id.
  virtual expected<void>
  scan_postings(std::string_view query_id,
                const visitor<job_posting>& visit) const = 0;

  /// Like `scan_postings` of a query, but only those whose ids are above
  /// `after`.
  expected<void> scan_postings_after(std::string_view query_id,
                                     std::string_view after,
                                     const visitor<job_posting>& visit) const;

  /// The lowest ids above `after` of what `query_id` found, in order;
  /// `most_found_at_once` of them unless there are fewer.
  virtual expected<std::vector<std::string>>
  found_after(std::string_view query_id, std::string_view after) const = 0;

  /// Reads postings by their ids, which are in order, one after another into
  /// the room of `one`, and visits each that is there: true goes on, false
  /// stops.
  virtual expected<void>
  read_postings(const std::vector<std::string>& ids, job_posting& one,
                const std::function<bool()>& visit) const = 0;

  /// Visits rejections of `query_id` (all if empty).
  virtual expected<void>
  scan_rejections(std::string_view query_id,
                  const visitor<rejection>& visit) const = 0;

  /// Visits the ledger's tasks of `query_id` (all if empty) in `state`.
  virtual expected<void>
  scan_tasks(std::string_view query_id, task_state state,
             const visitor<task_record>& visit) const = 0;

  virtual expected<std::optional<task_record>>
  task(std::string_view query_id, std::string_view task_id) const = 0;

  virtual expected<std::optional<query_record>>
  query(std::string_view query_id) const = 0;

  /// Visits queries, newest first.
  virtual expected<void>
  scan_queries(const visitor<query_record>& visit) const = 0;

  /// Visits events of `query_id`, oldest first.
  virtual expected<void> scan_events(std::string_view query_id,
                                     const visitor<event>& visit) const = 0;
};

} // namespace jobfarm::store
