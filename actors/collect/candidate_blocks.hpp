#pragma once

#include "actors/collect/index_keys.hpp"
#include "actors/dedupe/candidates.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <unordered_map>
#include <utility>
#include <vector>

namespace jobfarm::collect {

/// The blocks of the index of candidates: entries of so many lanes each, one
/// after the other. Those that were used last are kept in memory, up to 16 MB.
/// An entry that was always alone is not written.
///
/// Index keys (BLOCK is 16 hex digits, the partition of an index that is spread
/// over nodes):
///
///     dup/c/BLOCK/N      chunk N of a block: entries of record, facts, bands,
///                        marks, in the byte order of the machine; all 0 for
///                        one that was taken out
class candidate_blocks {
public:
  using lanes = std::vector<dedupe::lane>;

  struct block {
    lanes entries;
    bool is_written = false;
    /// The chunk that was written last: most grow an entry at a time.
    store::growing_entry chunk;
    std::size_t chunk_number = 0;
  };

  explicit candidate_blocks(index_keys& keys);

  /// A block of entries of `stride` lanes as it is now; empty if it was never
  /// written. Valid until the next call. Errors: store_failed.
  expected<block*> open(std::uint64_t number, std::size_t stride);

  /// Puts an entry into the block that was opened last, at the lane `at`: where
  /// another begins, or at its end.
  void put(std::uint64_t number, block& to, std::size_t at, const lanes& entry);

  /// Takes in the only entry of that block, which was never written.
  void put_alone(block& to, lanes entry);

  /// Keeps the only entry of a block that is not asked for yet: mostly the next
  /// one comes soon.
  void remember_alone(std::uint64_t number, const lanes& entry);

  /// What was kept of a block that was never written, if it still is.
  const lanes* remembered(std::uint64_t number) const;

private:
  using recent = std::list<std::pair<std::uint64_t, block>>;

  expected<block> read(std::uint64_t number, std::size_t stride) const;
  void write_chunk(std::uint64_t number, block& from, std::size_t entry,
                   std::size_t stride);

  index_keys& keys_;
  recent recent_;
  std::unordered_map<std::uint64_t, recent::iterator> opened_;
  /// Those that all blocks have room for.
  std::size_t cached_lanes_ = 0;
  /// Each block has one place where it may be.
  std::vector<std::pair<std::uint64_t, lanes>> alone_;
};

} // namespace jobfarm::collect
