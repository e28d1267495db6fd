#include "actors/collect/candidate_blocks.hpp"

#include "actors/collect/record_id.hpp"

#include <algorithm>
#include <cstring>

namespace jobfarm::collect {

namespace {

using dedupe::lane;

/// Entries that are written together: an entry rewrites its chunk.
constexpr std::size_t entries_in_chunk = 8;

/// Blocks kept in memory: 16 MB of lanes, and some more for the blocks.
constexpr std::size_t most_cached_lanes = 8u << 20;
constexpr std::size_t most_cached_blocks = 1u << 12;

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

candidate_blocks::candidate_blocks(index_keys& keys) : keys_(keys) {
}

expected<candidate_blocks::block*>
candidate_blocks::open(std::uint64_t number, std::size_t stride) {
  if (auto known = opened_.find(number); known != opened_.end()) {
    recent_.splice(recent_.begin(), recent_, known->second);
    return &known->second->second;
  }
  auto lanes = read(number, stride);
  if (!lanes)
    return lanes.error();
  cached_lanes_ += lanes->size();
  recent_.emplace_front(number, *std::move(lanes));
  opened_[number] = recent_.begin();
  while (recent_.size() > 1
         && (cached_lanes_ > most_cached_lanes
             || recent_.size() > most_cached_blocks)) {
    cached_lanes_ -= recent_.back().second.size();
    opened_.erase(recent_.back().first);
    recent_.pop_back();
  }
  return &recent_.front().second;
}

void candidate_blocks::put(std::uint64_t number, block& lanes, std::size_t at,
                           const block& entry) {
  if (at == lanes.size()) {
    lanes.resize(at + entry.size());
    cached_lanes_ += entry.size();
  }
  std::copy(entry.begin(), entry.end(), lanes.begin() + std::ptrdiff_t(at));
  write_chunk(number, lanes, at, entry.size());
}

expected<candidate_blocks::block>
candidate_blocks::read(std::uint64_t number, std::size_t stride) const {
  block lanes;
  auto first = keys_.lookup(chunk_key(number, 0));
  if (!first)
    return first.error();
  if (*first)
    append_lanes(lanes, **first);
  if (lanes.size() < stride * entries_in_chunk)
    return lanes;
  // They lie beside each other: to look each up would take far longer.
  auto chunks = keys_.numbered_under(chunks_prefix(number));
  if (!chunks)
    return chunks.error();
  chunks->erase(0);
  for (const auto& [chunk, bytes] : *chunks)
    append_lanes(lanes, bytes);
  return lanes;
}

/// Writes the chunk that an entry is in.
void candidate_blocks::write_chunk(std::uint64_t number, const block& lanes,
                                   std::size_t entry, std::size_t stride) {
  auto chunk_size = stride * entries_in_chunk;
  auto begin = entry / chunk_size * chunk_size;
  auto end = std::min(begin + chunk_size, lanes.size());
  auto at = chunk_key(number, begin / chunk_size);
  std::string bytes(reinterpret_cast<const char*>(&lanes[begin]),
                    (end - begin) * sizeof(lane));
  if (end - begin == stride)
    keys_.add(std::move(at), std::move(bytes));
  else
    keys_.put(std::move(at), std::move(bytes));
}

} // namespace jobfarm::collect
