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

  /// The record, null if it is not known: one that is alone is its posting.
  /// `likely` is what its description may be: then it is not read from disk.
  expected<store::shared_posting> find(const std::string& id,
                                       std::string_view likely) const;
  /// The same of a record that is known. Errors: store_failed, also if it is
  /// not there.
  expected<store::shared_posting> original(const std::string& id) const;
  expected<shared_evidence> evidence(const std::string& id);
  /// The shingles of its description, each once.
  expected<shared_text> text(const std::string& id);

  /// The posting that a record is part of: itself if it is alone.
  expected<std::string> group_of(const std::string& id) const;
  expected<bool> is_grouped(const std::string& id) const;

  /// Replaces what a record says.
  expected<void> rewrite(const store::shared_posting& record);

  /// Remembers what was worked out of a new record, until the next one at
  /// least: the store may not have it yet.
  void keep(shared_evidence made, dedupe::shingle_list text);

  /// Notes that a record is part of a posting with others, as far as that is
  /// new.
  expected<void> put_in_group(const std::string& group,
                              store::shared_posting record);
  /// Makes a record that was in a group its own posting again.
  void put_alone(store::shared_posting record);
  /// Replaces a record that is in a group.
  void update(store::shared_posting record);

private:
  /// Most are never asked for: repeats are dropped when one is.
  struct kept_text {
    dedupe::shingle_list shingles;
    bool has_repeats = true;
  };
  using text_handle = std::shared_ptr<kept_text>;

  struct reading {
    shared_evidence made;
    text_handle text;
  };

  static text_handle keep_text(dedupe::shingle_list shingles);
  static shared_text set_of(const text_handle& text);

  store::pending_view& view_;
  index_keys& keys_;
  index_marks& marks_;
  recent_map<shared_evidence> evidence_;
  recent_map<text_handle> texts_;
  /// Of the record that was kept last.
  reading newest_;
};

} // namespace jobfarm::collect
