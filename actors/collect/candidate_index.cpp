#include "actors/collect/candidate_index.hpp"

#include <array>
#include <cstring>
#include <optional>

namespace jobfarm::collect {

namespace {

constexpr std::size_t record_bytes = 16;
constexpr auto record_lanes = record_bytes / sizeof(dedupe::lane);

/// Entries that are written together: an entry rewrites its chunk.
constexpr std::size_t entries_in_chunk = 8;

/// Beyond this a block says little, and takes no more: later records are found
/// by their keys.
constexpr std::size_t most_entries = 1u << 16;

/// A key that more records share says little of each.
constexpr std::size_t most_with_key = 2000;

/// Blocks kept in memory: 32 MB of lanes, and some more for the blocks.
constexpr std::size_t most_cached_lanes = 16u << 20;
constexpr std::size_t most_cached_blocks = 1u << 16;

int digit_of(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::optional<std::string> record_of(std::string_view id) {
  if (id.size() != 2 * record_bytes)
    return std::nullopt;
  std::string record(record_bytes, '\0');
  for (std::size_t i = 0; i < record_bytes; ++i) {
    auto high = digit_of(id[2 * i]);
    auto low = digit_of(id[2 * i + 1]);
    if (high < 0 || low < 0)
      return std::nullopt;
    record[i] = static_cast<char>(high << 4 | low);
  }
  return record;
}

template <class Bytes>
void append_hex(std::string& out, const Bytes& bytes) {
  for (auto one : bytes) {
    auto byte = static_cast<unsigned char>(one);
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
}

std::string id_of(std::string_view record) {
  std::string id;
  id.reserve(2 * record_bytes);
  append_hex(id, record);
  return id;
}

std::string numbered(std::string_view prefix, std::uint64_t number) {
  std::string out{prefix};
  std::array<unsigned char, 8> bytes{};
  for (auto at = bytes.rbegin(); at != bytes.rend(); ++at, number >>= 8)
    *at = static_cast<unsigned char>(number & 0xff);
  append_hex(out, bytes);
  return out;
}

std::string chunk_key(std::uint64_t block, std::size_t chunk) {
  return numbered("dup/c/", block) + '/' + std::to_string(chunk);
}

std::string bytes_of(const dedupe::lane* lanes, std::size_t count) {
  return {reinterpret_cast<const char*>(lanes), count * sizeof *lanes};
}

/// An entry as it lies in its block: the record's bytes, bands, marks.
std::vector<dedupe::lane> lanes_of(std::string_view record,
                                   const dedupe::block_entry& entry) {
  std::vector<dedupe::lane> lanes(record_lanes);
  std::memcpy(lanes.data(), record.data(), record_bytes);
  lanes.insert(lanes.end(), entry.bands.begin(), entry.bands.end());
  lanes.insert(lanes.end(), entry.marks.begin(), entry.marks.end());
  return lanes;
}

} // namespace

candidate_index::candidate_index(store::pending_view& view) : view_(view) {
}

expected<std::vector<std::string>>
candidate_index::add(const std::string& id, const dedupe::fingerprint& print) {
  auto record = record_of(id);
  if (!record)
    return fail(errc::invalid_input,
                "id \"" + id + "\" is not 32 hex digits");
  found all;
  for (auto key : print.keys)
    if (auto done = ask_key(key, *record, all); !done)
      return done.error();
  for (const auto* entry : {&print.company, &print.title})
    if (entry->block != 0)
      if (auto done = ask_block(*entry, *record, all); !done)
        return done.error();
  all.erase(*record);
  std::vector<std::string> ids;
  ids.reserve(all.size());
  for (const auto& one : all)
    ids.push_back(id_of(one));
  return ids;
}

expected<void> candidate_index::ask_key(std::uint64_t key,
                                        std::string_view record, found& to) {
  auto at = numbered("dup/k/", key);
  auto known = view_.lookup(at);
  if (!known)
    return known.error();
  auto records = *known ? **std::move(known) : std::string{};
  for (std::size_t i = 0; i < records.size(); i += record_bytes)
    to.insert(records.substr(i, record_bytes));
  if (records.size() < most_with_key * record_bytes)
    view_.put_index(std::move(at), records.append(record));
  return {};
}

expected<void> candidate_index::ask_block(const dedupe::block_entry& entry,
                                          std::string_view record, found& to) {
  auto own = lanes_of(record, entry);
  auto chunk_size = own.size() * entries_in_chunk;
  auto opened = open_block(entry.block, chunk_size);
  if (!opened)
    return opened.error();
  auto& lanes = **opened;
  for (std::size_t at = 0; at < lanes.size(); at += own.size())
    if (dedupe::share_lane(&lanes[at + record_lanes], &own[record_lanes],
                           entry.bands.size(), entry.marks.size()))
      to.emplace(bytes_of(&lanes[at], record_lanes));
  if (lanes.size() / own.size() >= most_entries)
    return {};
  auto last = lanes.size() / chunk_size;
  lanes.insert(lanes.end(), own.begin(), own.end());
  cached_lanes_ += own.size();
  auto begin = last * chunk_size;
  view_.put_index(chunk_key(entry.block, last),
                  bytes_of(&lanes[begin], lanes.size() - begin));
  return {};
}

/// A block as it is now. Valid until the next call.
expected<candidate_index::block*>
candidate_index::open_block(std::uint64_t number, std::size_t chunk_size) {
  if (auto known = opened_.find(number); known != opened_.end()) {
    recent_.splice(recent_.begin(), recent_, known->second);
    return &known->second->second;
  }
  block lanes;
  for (std::size_t chunk = 0; lanes.size() == chunk * chunk_size; ++chunk) {
    auto more = view_.lookup(chunk_key(number, chunk));
    if (!more)
      return more.error();
    if (!*more)
      break;
    auto size = lanes.size();
    lanes.resize(size + (*more)->size() / sizeof(dedupe::lane));
    std::memcpy(&lanes[size], (*more)->data(),
                (lanes.size() - size) * sizeof(dedupe::lane));
  }
  cached_lanes_ += lanes.size();
  recent_.emplace_front(number, std::move(lanes));
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

} // namespace jobfarm::collect
