#pragma once

#include "actors/collect/lane_index.hpp"
#include "actors/collect/record_id.hpp"
#include "actors/dedupe/candidates.hpp"

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace jobfarm::collect {

/// The entry of a record as its block has it on disk: 16 bytes of the record's
/// id, facts, bands, marks; all 0 for one that was taken out.
using entry_lanes = std::vector<dedupe::lane>;

/// What an entry has before its bands.
constexpr auto entry_head_lanes =
    (record_bytes + sizeof(dedupe::facts)) / sizeof(dedupe::lane);

/// In the place of a record whose entry was taken out.
constexpr record_name no_record{};

/// Writes the entry of a record, of `record_bytes` bytes.
void write_entry(entry_lanes& to, std::string_view record,
                 const dedupe::block_entry& entry);

/// How many lanes of each kind an entry has.
struct entry_shape {
  std::size_t bands = 0;
  std::size_t marks = 0;

  explicit entry_shape(const dedupe::block_entry& like)
      : bands(like.bands.size()), marks(like.marks.size()) {
  }

  std::size_t lanes() const noexcept {
    return bands + marks;
  }
};

/// The entries of a block in memory, looked at by the lanes of one more: one
/// after the other, and where there are many of them, by an index of their
/// lanes.
class block_entries {
public:
  /// `most_scanned`: entries that it has no index for.
  block_entries(const entry_shape& shape, std::size_t most_scanned)
      : shape_(shape), most_scanned_(most_scanned) {
  }

  /// Those that were taken out count too.
  std::size_t size() const noexcept {
    return records_.size();
  }

  /// Lanes of an entry on disk.
  std::size_t entry_size() const noexcept {
    return entry_head_lanes + shape_.lanes();
  }

  /// False once there is an index: it leads from a lane to entries, not back.
  bool has_lanes() const noexcept {
    return !index_;
  }

  /// Appends an entry as it is on disk. `has_lanes()`.
  void write(entry_lanes& to, std::size_t place) const;

  const record_name& record(std::size_t place) const noexcept {
    return records_[place];
  }

  /// Adds an entry behind the last.
  void add(const dedupe::lane* entry);

  /// Puts an entry in the place of `old`.
  void replace(std::size_t place, const dedupe::lane* old,
               const dedupe::lane* entry);

  /// Where a new entry goes: the place of one that was taken out, or the end.
  std::size_t free_place() const;

  /// Where the entry of a record is; `size()` if there is none.
  std::size_t find(const record_name& record) const;

  /// Visits the records that share a lane of `own` (bands, then marks; 0 for
  /// one that is not asked for) and are not told apart from `known`; perhaps
  /// one of them several times.
  template <class Visit>
  void sharing(const dedupe::lane* own, const dedupe::facts& known,
               Visit visit) const {
    if (!index_) {
      scan(own, known, visit);
      return;
    }
    for (std::size_t i = 0; i < shape_.lanes(); ++i)
      if (own[i] != 0)
        index_->each(i, own[i], [&](auto one) {
          if (!differ(known, facts_[one]))
            visit(records_[one]);
        });
  }

  /// The records that share lane number `which` of `own`.
  std::vector<record_name> records_with(const dedupe::lane* own,
                                        std::size_t which) const;

  /// How many records share it: exact if `enough` or more do, else less than
  /// `enough`, and perhaps more than do.
  std::size_t count(const dedupe::lane* own, std::size_t which,
                    std::size_t enough) const;

  /// Memory that it takes.
  std::size_t bytes() const noexcept;

private:
  template <class Visit>
  void scan(const dedupe::lane* own, const dedupe::facts& known,
            Visit visit) const {
    auto next = [&](std::size_t from) {
      return from
             + dedupe::first_alike(known, facts_.data() + from, size() - from);
    };
    for (auto one = next(0); one < size(); one = next(one + 1))
      if (dedupe::share_lane(own, &lanes_[one * shape_.lanes()], shape_.bands,
                             shape_.marks))
        visit(records_[one]);
  }

  void begin_index();

  entry_shape shape_;
  std::size_t most_scanned_;
  std::vector<record_name> records_;
  std::vector<dedupe::facts> facts_;
  /// Bands and marks, as long as there is no index.
  std::vector<dedupe::lane> lanes_;
  std::unique_ptr<lane_index> index_;
  std::size_t blanks_ = 0;
};

} // namespace jobfarm::collect
