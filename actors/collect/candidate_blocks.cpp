#include "actors/collect/candidate_blocks.hpp"

#include "actors/collect/record_id.hpp"

#include <algorithm>
#include <cstring>

namespace jobfarm::collect {

namespace {

using dedupe::lane;

/// Entries that are written together: an entry rewrites its chunk.
constexpr std::size_t entries_in_chunk = 16;

/// Blocks kept in memory: 16 MB of entries, and some more for the blocks. A
/// huge company is not to put out all others, nor they it.
constexpr std::size_t most_cached_bytes = 16u << 20;
constexpr std::size_t most_of_one = most_cached_bytes / 2;
constexpr std::size_t most_cached_blocks = 1u << 12;

/// Blocks of one entry that are kept: some 500 records, and 150 kB.
constexpr std::size_t most_alone = 1u << 10;

std::string chunks_prefix(std::uint64_t block) {
  return numbered("dup/c/", block) + '/';
}

std::string chunk_key(std::uint64_t block, std::size_t chunk) {
  return chunks_prefix(block) + std::to_string(chunk);
}

std::size_t counted(const candidate_blocks::block& one) {
  return std::min(one.entries.bytes(), most_of_one);
}

entry_lanes read_entry(const char* bytes, std::size_t lanes) {
  entry_lanes entry(lanes);
  std::memcpy(entry.data(), bytes, lanes * sizeof(lane));
  return entry;
}

/// Takes in the entries of a chunk; chunks come in any order. Entries that are
/// damaged are as if they had been taken out: all others stay in their places.
void read_chunk(block_entries& to, std::size_t chunk,
                const std::string& bytes) {
  const auto lanes = to.entry_size();
  const entry_lanes blank(lanes);
  const auto entry_bytes = lanes * sizeof(lane);
  const auto whole = std::min(bytes.size() / entry_bytes, entries_in_chunk);
  for (std::size_t i = 0; i < whole; ++i) {
    const auto entry = read_entry(&bytes[i * entry_bytes], lanes);
    const auto place = chunk * entries_in_chunk + i;
    while (to.size() < place)
      to.add(blank.data());
    if (place == to.size())
      to.add(entry.data());
    else if (to.record(place) == no_record)
      to.replace(place, blank.data(), entry.data());
  }
}

} // namespace

candidate_blocks::candidate_blocks(const dedupe::candidate_plan& plan,
                                   index_keys& keys)
    : plan_(plan), keys_(keys), alone_(most_alone) {
}

expected<candidate_blocks::block*>
candidate_blocks::open(std::uint64_t number, const entry_shape& shape) {
  if (auto known = opened_.find(number); known != opened_.end()) {
    recent_.splice(recent_.begin(), recent_, known->second);
    return &known->second->second;
  }
  auto made = read(number, shape);
  if (!made)
    return made.error();
  recent_.emplace_front(number, *std::move(made));
  cached_bytes_ += counted(recent_.front().second);
  opened_[number] = recent_.begin();
  while (recent_.size() > 1
         && (cached_bytes_ > most_cached_bytes
             || recent_.size() > most_cached_blocks)) {
    cached_bytes_ -= counted(recent_.back().second);
    opened_.erase(recent_.back().first);
    recent_.pop_back();
  }
  return &recent_.front().second;
}

expected<void> candidate_blocks::put(std::uint64_t number, block& to,
                                     std::size_t place,
                                     const entry_lanes& entry) {
  auto opened = open_chunk(number, to, place);
  if (!opened)
    return opened.error();
  auto& bytes = **opened;
  const auto entry_bytes = entry.size() * sizeof(lane);
  const auto at = place % entries_in_chunk * entry_bytes;
  bytes.resize(std::max(bytes.size(), at + entry_bytes));
  const auto before = counted(to);
  if (place == to.entries.size()) {
    to.entries.add(entry.data());
  } else {
    const auto old = read_entry(&bytes[at], entry.size());
    // Whoever fails so reads the block anew.
    if (record_at(old.data()) != to.entries.record(place))
      return fail(errc::store_failed, "index of duplicates: block \""
                                          + chunks_prefix(number)
                                          + "\" is not as it was read");
    to.entries.replace(place, old.data(), entry.data());
  }
  cached_bytes_ += counted(to) - before;
  std::memcpy(&bytes[at], entry.data(), entry_bytes);
  return {};
}

void candidate_blocks::put_alone(block& to, const entry_lanes& entry) {
  const auto before = counted(to);
  to.entries.add(entry.data());
  cached_bytes_ += counted(to) - before;
}

void candidate_blocks::remember_alone(std::uint64_t number,
                                      const entry_lanes& entry) {
  auto& place = alone_[number % alone_.size()];
  place.first = number;
  place.second.assign(entry.begin(), entry.end());
}

const entry_lanes* candidate_blocks::remembered(std::uint64_t number) const {
  const auto& place = alone_[number % alone_.size()];
  return place.first == number ? &place.second : nullptr;
}

expected<candidate_blocks::block>
candidate_blocks::read(std::uint64_t number, const entry_shape& shape) const {
  block made{block_entries(shape, plan_.most_sharing), false, {}, 0};
  auto first = keys_.lookup(chunk_key(number, 0));
  if (!first)
    return first.error();
  made.is_written = first->has_value();
  if (*first)
    read_chunk(made.entries, 0, **first);
  if (made.entries.size() < entries_in_chunk)
    return made;
  // They lie beside each other: to look each up would take far longer.
  auto read_all = keys_.each_numbered(
      chunks_prefix(number), [&](std::uint64_t chunk, const auto& bytes) {
        if (chunk <= plan_.most_entries / entries_in_chunk)
          read_chunk(made.entries, chunk, bytes);
      });
  if (!read_all)
    return read_all.error();
  return made;
}

/// The chunk that an entry is in or comes into, in the open batch.
expected<std::string*> candidate_blocks::open_chunk(std::uint64_t number,
                                                    block& of,
                                                    std::size_t place) {
  const auto chunk = place / entries_in_chunk;
  if (of.chunk_number == chunk)
    if (auto* bytes = of.chunk.in(keys_.view()))
      return bytes;
  const auto key = chunk_key(number, chunk);
  const auto is_new = chunk * entries_in_chunk == of.entries.size();
  auto bytes = is_new ? expected<std::string>{std::string{}}
                      : chunk_now(of.entries, key, chunk);
  if (!bytes)
    return bytes.error();
  if (is_new || !of.is_written)
    keys_.note(key);
  of.chunk_number = chunk;
  of.is_written = true;
  return of.chunk.begin(keys_.view(), key, *std::move(bytes));
}

/// A chunk as it is.
expected<std::string> candidate_blocks::chunk_now(const block_entries& from,
                                                  const std::string& key,
                                                  std::size_t chunk) const {
  if (!from.has_lanes()) {
    auto bytes = keys_.lookup(key);
    if (!bytes)
      return bytes.error();
    auto all = bytes->value_or("");
    all.resize(all.size() - all.size() % (from.entry_size() * sizeof(lane)));
    return all;
  }
  entry_lanes all;
  auto place = chunk * entries_in_chunk;
  const auto end = std::min(place + entries_in_chunk, from.size());
  for (; place < end; ++place)
    from.write(all, place);
  return std::string{reinterpret_cast<const char*>(all.data()),
                     all.size() * sizeof(lane)};
}

} // namespace jobfarm::collect
