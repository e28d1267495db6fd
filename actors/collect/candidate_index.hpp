#pragma once

#include "actors/dedupe/candidates.hpp"
#include "actors/store/pending_view.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace jobfarm::collect {

/// Which records of the store are to be compared with a new one.
///
/// Index keys (KEY and BLOCK are 16 hex digits, the partition of an index that
/// is spread over nodes; a record is the 16 bytes that its id spells in hex):
///
///     dup/k/KEY          the records with that candidate key, in a row
///     dup/c/BLOCK/N      chunk N of a block: entries of record, bands, marks,
///                        in the byte order of the machine
///
/// Blocks that were used last are kept in memory, up to 40 MB of them.
class candidate_index {
public:
  explicit candidate_index(store::pending_view& view);

  /// Adds a record and returns those that came before and have something in
  /// common with it, sorted. `id` has 32 hex digits. Errors: store_failed;
  /// invalid_input for another id.
  expected<std::vector<std::string>> add(const std::string& id,
                                         const dedupe::fingerprint& print);

private:
  /// The entries of a block, one after the other.
  using block = std::vector<dedupe::lane>;
  using recent = std::list<std::pair<std::uint64_t, block>>;
  using found = std::set<std::string, std::less<>>;

  expected<void> ask_key(std::uint64_t key, std::string_view record, found& to);
  expected<void> ask_block(const dedupe::block_entry& entry,
                           std::string_view record, found& to);
  expected<block*> open_block(std::uint64_t number, std::size_t chunk_size);

  store::pending_view& view_;
  recent recent_;
  std::unordered_map<std::uint64_t, recent::iterator> opened_;
  std::size_t cached_lanes_ = 0;
};

} // namespace jobfarm::collect
