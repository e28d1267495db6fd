#pragma once

#include "actors/collect/candidate_blocks.hpp"
#include "actors/collect/key_lists.hpp"
#include "actors/dedupe/candidates.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::collect {

/// What a record that was added changes.
struct arrival {
  using ids = std::vector<std::string>;

  /// The records that have something in common with it: the first ones with
  /// each of its links, then the others, sorted; not all of those that are
  /// known to be other jobs, nor those that are settled.
  ids others;
  /// Records that have a key, band or mark in common which now more than
  /// `candidate_plan::most_sharing` have: it brings them together no longer.
  /// Ask `meet` which of them still do.
  std::vector<ids> parted;
};

/// Which records of the store are to be compared with a new one. What it brings
/// together depends on the records alone, not on the order in which they came.
///
/// A block has `candidate_plan::most_entries` entries; what comes later stands
/// in the lists of its lanes, as in an index made before does what came after
/// the first 8,192. Of a record that is alone in a block only the holder is
/// known: its entry is worked out when a second one comes.
class candidate_index {
public:
  /// Works out the fingerprint of a record that was added.
  using print_reader =
      std::function<expected<dedupe::fingerprint>(const std::string& id)>;

  /// True of a record, by its bytes, that is known to be another job than the
  /// one that is added, or the same as the first one with one of its links.
  using settled_test = std::function<bool(std::string_view record)>;

  candidate_index(const dedupe::candidate_plan& plan, index_keys& keys,
                  first_holders& holders, print_reader print_of);

  /// Has what `add` looks at first fetched while other work is done.
  void prefetch(const dedupe::fingerprint& print) const;

  /// Adds a record. `id` has 32 hex digits. Errors: store_failed; invalid_input
  /// for another id.
  expected<arrival> add(const std::string& id, const dedupe::fingerprint& print,
                        const settled_test& is_settled);

  /// Takes a record out that was added with this fingerprint. Returns the links
  /// of which it was the first record: they have none now. Errors: as `add`.
  expected<std::vector<std::uint64_t>> remove(const std::string& id,
                                              const dedupe::fingerprint& print);

  /// Makes a record the first one with a link that has none.
  void set_first(std::uint64_t link, const std::string& id);

  /// True if two records that were added are to be compared. Errors:
  /// store_failed.
  expected<bool> meet(const dedupe::fingerprint& a,
                      const dedupe::fingerprint& b);

private:
  struct found {
    const settled_test& is_settled;
    std::vector<record_name> others;
    std::vector<arrival::ids> parted;
    /// Those that were asked about, in the order in which they were met, and
    /// the one that is expected next: ads that are the same stand in several
    /// lists in the same order.
    std::vector<record_name> met;
    std::size_t next = 0;

    void add(const record_name& other);
  };

  struct lane_in_block;

  expected<bool> ask_list(std::uint64_t key, const lane_in_block* in_block,
                          std::string_view record, const dedupe::facts& known,
                          found& to);
  std::size_t count(const lane_in_block& lane, const key_list& list) const;
  expected<candidate_blocks::block*> open_block(const dedupe::block_entry& own,
                                                std::string_view record);
  expected<void> ask_block(const dedupe::block_entry& entry,
                           std::string_view record, found& to);
  expected<void> leave_open(const dedupe::block_entry& entry,
                            const block_entries& entries,
                            std::string_view record, found& to);
  expected<void> leave_block(const dedupe::block_entry& entry,
                             std::string_view record);
  expected<bool> meet_in_block(const dedupe::block_entry& a,
                               const dedupe::block_entry& b);

  const dedupe::candidate_plan plan_;
  key_lists lists_;
  candidate_blocks blocks_;
  print_reader print_of_;
  /// The entry of the record that is added or taken out, and the lanes of it
  /// by which others are asked for.
  entry_lanes own_;
  entry_lanes asked_;
};

} // namespace jobfarm::collect
