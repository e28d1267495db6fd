#pragma once

#include "actors/collect/block_entries.hpp"
#include "actors/collect/index_keys.hpp"
#include "actors/dedupe/candidates.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <unordered_map>
#include <utility>
#include <vector>

namespace jobfarm::collect {

/// The blocks of the index of candidates. Those that were used last are kept in
/// memory, up to 16 MB, of which the largest counts 8 MB at most. An entry that
/// was always alone is not written.
///
/// Index keys (BLOCK is 16 hex digits, the partition of an index that is spread
/// over nodes):
///
///     dup/c/BLOCK/N      chunk N of a block: entries of record, facts, bands,
///                        marks, in the byte order of the machine; all 0 for
///                        one that was taken out
class candidate_blocks {
public:
  struct block {
    block_entries entries;
    bool is_written = false;
    /// The chunk that was written last: most grow an entry at a time.
    store::growing_entry chunk;
    std::size_t chunk_number = 0;
  };

  /// `plan` is to outlive it.
  candidate_blocks(const dedupe::candidate_plan& plan, index_keys& keys);

  /// A block as it is now; empty if it was never written. Valid until the next
  /// call. Errors: store_failed.
  expected<block*> open(std::uint64_t number, const entry_shape& shape);

  /// Puts an entry into the block that was opened last, in the place of another
  /// or behind the last. Errors: store_failed.
  expected<void> put(std::uint64_t number, block& to, std::size_t place,
                     const entry_lanes& entry);

  /// Takes in the only entry of that block, which was never written.
  void put_alone(block& to, const entry_lanes& entry);

  /// Keeps the only entry of a block that is not asked for yet: mostly the next
  /// one comes soon.
  void remember_alone(std::uint64_t number, const entry_lanes& entry);

  /// What was kept of a block that was never written, if it still is.
  const entry_lanes* remembered(std::uint64_t number) const;

private:
  using recent = std::list<std::pair<std::uint64_t, block>>;

  expected<block> read(std::uint64_t number, const entry_shape& shape) const;
  expected<std::string*> open_chunk(std::uint64_t number, block& of,
                                    std::size_t place);
  expected<std::string> chunk_now(const block_entries& from,
                                  const std::string& key,
                                  std::size_t chunk) const;

  const dedupe::candidate_plan& plan_;
  index_keys& keys_;
  recent recent_;
  std::unordered_map<std::uint64_t, recent::iterator> opened_;
  /// What all blocks count.
  std::size_t cached_bytes_ = 0;
  /// Each block has one place where it may be.
  std::vector<std::pair<std::uint64_t, entry_lanes>> alone_;
};

} // namespace jobfarm::collect
