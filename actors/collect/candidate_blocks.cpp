#include "actors/collect/candidate_blocks.hpp"

#include "actors/collect/record_id.hpp"

#include <algorithm>
#include <cstring>

namespace jobfarm::collect {

namespace {

using dedupe::lane;

/// Entries that are written together: an entry rewrites its chunk.
constexpr std::size_t entries_in_chunk = 16;

/// Blocks kept in memory: 16 MB of lanes, and some more for the blocks.
constexpr std::size_t most_cached_lanes = 8u << 20;
constexpr std::size_t most_cached_blocks = 1u << 12;

/// Blocks of one entry that are kept: some 500 records, and 150 kB.
constexpr std::size_t most_alone = 1u << 10;

std::string chunks_prefix(std::uint64_t block) {
  return numbered("dup/c/", block) + '/';
}

std::string chunk_key(std::uint64_t block, std::size_t chunk) {
  return chunks_prefix(block) + std::to_string(chunk);
}

void append_lanes(std::vector<lane>& to, std::string_view bytes) {
  auto size = to.size();
  to.resize(size + bytes.size() / sizeof(lane));
  std::memcpy(&to[size], bytes.data(), (to.size() - size) * sizeof(lane));
}

} // namespace

candidate_blocks::candidate_blocks(index_keys& keys)
    : keys_(keys), alone_(most_alone) {
}

expected<candidate_blocks::block*> candidate_blocks::open(std::uint64_t number,
                                                          std::size_t stride) {
  if (auto known = opened_.find(number); known != opened_.end()) {
    recent_.splice(recent_.begin(), recent_, known->second);
    return &known->second->second;
  }
  auto made = read(number, stride);
  if (!made)
    return made.error();
  recent_.emplace_front(number, *std::move(made));
  cached_lanes_ += recent_.front().second.entries.capacity();
  opened_[number] = recent_.begin();
  while (recent_.size() > 1
         && (cached_lanes_ > most_cached_lanes
             || recent_.size() > most_cached_blocks)) {
    cached_lanes_ -= recent_.back().second.entries.capacity();
    opened_.erase(recent_.back().first);
    recent_.pop_back();
  }
  return &recent_.front().second;
}

void candidate_blocks::put(std::uint64_t number, block& to, std::size_t at,
                           const lanes& entry) {
  auto& all = to.entries;
  if (at == all.size()) {
    cached_lanes_ -= all.capacity();
    all.resize(at + entry.size());
    cached_lanes_ += all.capacity();
  }
  std::copy(entry.begin(), entry.end(), all.begin() + std::ptrdiff_t(at));
  write_chunk(number, to, at, entry.size());
}

void candidate_blocks::put_alone(block& to, lanes entry) {
  cached_lanes_ -= to.entries.capacity();
  to.entries = std::move(entry);
  cached_lanes_ += to.entries.capacity();
}

void candidate_blocks::remember_alone(std::uint64_t number,
                                      const lanes& entry) {
  auto& place = alone_[number % alone_.size()];
  place.first = number;
  place.second.assign(entry.begin(), entry.end());
}

const candidate_blocks::lanes*
candidate_blocks::remembered(std::uint64_t number) const {
  const auto& place = alone_[number % alone_.size()];
  return place.first == number ? &place.second : nullptr;
}

expected<candidate_blocks::block>
candidate_blocks::read(std::uint64_t number, std::size_t stride) const {
  block made;
  auto first = keys_.lookup(chunk_key(number, 0));
  if (!first)
    return first.error();
  made.is_written = first->has_value();
  if (*first)
    append_lanes(made.entries, **first);
  if (made.entries.size() < stride * entries_in_chunk)
    return made;
  // They lie beside each other: to look each up would take far longer.
  auto chunks = keys_.numbered_under(chunks_prefix(number));
  if (!chunks)
    return chunks.error();
  chunks->erase(0);
  for (const auto& [chunk, bytes] : *chunks)
    append_lanes(made.entries, bytes);
  return made;
}

/// Writes the chunk that an entry is in.
void candidate_blocks::write_chunk(std::uint64_t number, block& from,
                                   std::size_t entry, std::size_t stride) {
  auto chunk_size = stride * entries_in_chunk;
  auto begin = entry / chunk_size * chunk_size;
  auto end = std::min(begin + chunk_size, from.entries.size());
  const auto chunk = begin / chunk_size;
  auto* bytes =
      from.chunk_number == chunk ? from.chunk.in(keys_.view()) : nullptr;
  if (!bytes) {
    const auto key = chunk_key(number, chunk);
    if (end - begin == stride || !from.is_written)
      keys_.note(key);
    bytes = from.chunk.begin(keys_.view(), key);
    from.chunk_number = chunk;
    from.is_written = true;
  }
  // Only what is new, where that is the last one.
  const auto had = (entry - begin) * sizeof(lane);
  if (bytes->size() != had || entry + stride != end) {
    bytes->clear();
    entry = begin;
  }
  bytes->append(reinterpret_cast<const char*>(&from.entries[entry]),
                (end - entry) * sizeof(lane));
}

} // namespace jobfarm::collect
