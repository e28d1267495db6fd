#pragma once

#include "actors/collect/index_keys.hpp"
#include "actors/collect/index_marks.hpp"
#include "actors/collect/recent_map.hpp"
#include "actors/dedupe/evidence.hpp"
#include "actors/dedupe/shingles.hpp"
#include "actors/store/pending_view.hpp"

#include <memory>
#include <string>

namespace jobfarm::collect {

/// Whether a posting, or a record, could not be read because it is damaged on
/// disk: it can be written again.
inline bool is_damage(const failure& why) noexcept {
  return why.code == errc::bad_payload;
}

/// What stands for a record that is damaged: its id and nothing else. It is
/// like no other, and was seen after all others, so that none has its name from
/// it.
store::shared_posting unreadable_record(const std::string& id);
inline bool is_unreadable(const job_posting& record) noexcept {
  return record.source.empty() && record.url.empty();
}

/// The records of the store, each as it came. What was used last is kept in
/// memory.
///
/// Index keys (ID is the id of a record):
///
///     dup/r/ID           the posting whose group the record is in, empty if
///                        it is alone; one that always was is a mark
///                        of `index_marks`
///
/// All errors are store_failed.
class record_table {
public:
  using shared_evidence = std::shared_ptr<const dedupe::evidence>;
  using shared_text = std::shared_ptr<const dedupe::shingle_set>;

  record_table(store::pending_view& view, index_keys& keys, index_marks& marks);

  /// A new record, which is alone.
  expected<void> begin(const job_posting& record);

  /// False if a record is not known, as far as memory tells.
  bool may_have(const std::string& id) const {
    return marks_.may_have(row_key(id));
  }

  /// The record, null if it is not known: one that is alone is its posting.
  /// `likely` is what its description may be: then it is not read from disk.
  /// Errors: also bad_payload, see `is_damage`.
  expected<store::shared_posting> find(const std::string& id,
                                       std::string_view likely) const;
  /// The same of a record that is known; one that is damaged is like no other
  /// (`is_unreadable`). Errors: store_failed, also if it is not there.
  expected<store::shared_posting> original(const std::string& id) const;
  expected<shared_evidence> evidence(const std::string& id);
  /// The shingles of its description, each once.
  expected<shared_text> text(const std::string& id);

  expected<dedupe::text_print> text_print(const std::string& id) const;

  /// The posting that a record is part of: itself if it is alone.
  expected<std::string> group_of(const std::string& id) const;
  expected<bool> is_grouped(const std::string& id) const;

  /// Replaces what a record says.
  expected<void> rewrite(const store::shared_posting& record);

  /// Remembers a new record, until the next one at least: the store may not
  /// have it yet.
  void keep(shared_evidence made, store::shared_posting record);

  /// Notes that a record is part of a posting with others, as far as that is
  /// new.
  expected<void> put_in_group(const std::string& group,
                              store::shared_posting record);
  /// Makes a record that was in a group its own posting again.
  void put_alone(store::shared_posting record);
  /// Replaces a record that is in a group.
  void update(store::shared_posting record);

private:
  const std::string& row_key(const std::string& id) const;
  expected<store::shared_posting> record_with_text(const std::string& id) const;
  shared_text put_text(const std::string& id, dedupe::shingle_set text);

  mutable std::string row_key_;
  store::pending_view& view_;
  index_keys& keys_;
  index_marks& marks_;
  /// Of new records, and of those that were read to be compared.
  recent_map<shared_evidence> evidence_;
  recent_map<shared_evidence> read_;
  /// Those that were compared, unless they are very long: most are not.
  recent_map<shared_text> texts_;
  /// What was kept last.
  struct {
    shared_evidence made;
    store::shared_posting record;
  } newest_;
};

} // namespace jobfarm::collect
