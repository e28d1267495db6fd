#include "actors/collect/first_holders.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace jobfarm::collect {

namespace {

constexpr std::string_view pages = "dup/h/";
constexpr std::size_t records_in_page = 32;

constexpr std::size_t slots_in_first_layer = 1u << 15;
/// Of four slots, three are filled.
constexpr std::size_t room_of(std::size_t slots) {
  return slots / 4 * 3;
}

constexpr int page_bits = 20;
constexpr std::uint32_t page_mask = (1u << page_bits) - 1;

std::uint32_t slot_of(std::uint64_t key, std::uint32_t page) {
  return static_cast<std::uint32_t>(key) << page_bits | page;
}

bool is_of(std::uint32_t slot, std::uint64_t key) {
  return slot != 0 && (slot ^ slot_of(key, 0)) >> page_bits == 0;
}

std::size_t first_place(std::uint64_t key, std::size_t slots) {
  return (key >> 32) * slots >> 32;
}

std::size_t count_of(const std::string& page) {
  return page.empty() ? 0 : static_cast<unsigned char>(page.front());
}

/// Calls `visit(record, facts, keys)` for each record of a page, its keys as
/// bytes. Stops at what is cut off.
template <class Visit>
void each_record(std::string_view page, Visit visit) {
  constexpr auto head = record_bytes + sizeof(dedupe::facts) + 1;
  page.remove_prefix(std::min<std::size_t>(page.size(), 1));
  while (page.size() >= head) {
    const auto size = static_cast<unsigned char>(page[head - 1])
                      * sizeof(std::uint64_t);
    visit(page.substr(0, record_bytes), page.substr(record_bytes),
          page.substr(head, size));
    page.remove_prefix(std::min(page.size(), head + size));
  }
}

/// Calls `visit` for each key.
template <class Visit>
void each_key(std::string_view keys, Visit visit) {
  std::uint64_t key = 0;
  for (; keys.size() >= sizeof key; keys.remove_prefix(sizeof key)) {
    std::memcpy(&key, keys.data(), sizeof key);
    visit(key);
  }
}

template <class T>
void append_bytes(std::string& to, const T& value) {
  to.append(reinterpret_cast<const char*>(&value), sizeof value);
}

} // namespace

expected<void> first_holders::open() {
  if (is_open_)
    return {};
  auto scanned = view_.scan_index(std::string{pages}, [&](const auto& entry) {
    const auto page = static_cast<std::uint32_t>(
        std::strtoul(&entry.key[pages.size()], nullptr, 16));
    each_record(entry.value, [&](auto, auto, auto keys) {
      each_key(keys, [&](auto key) { note(key, page); });
    });
    if (page >= page_)
      page_ = page + (count_of(entry.value) == records_in_page);
    return true;
  });
  is_open_ = scanned.has_value();
  return scanned;
}

void first_holders::note(std::uint64_t key, std::uint32_t page) {
  if (room_ == 0) {
    const auto slots = slots_in_first_layer << layers_.size();
    layers_.emplace_back(slots);
    room_ = room_of(slots);
  }
  --room_;
  ++keys_;
  auto& layer = layers_.back();
  auto at = first_place(key, layer.size());
  while (layer[at] != 0)
    at = (at + 1) & (layer.size() - 1);
  layer[at] = slot_of(key, page);
}

bool first_holders::may_have(std::uint64_t key) const noexcept {
  return !has_room()
         || std::any_of(layers_.begin(), layers_.end(), [&](const auto& layer) {
              auto at = first_place(key, layer.size());
              while (layer[at] != 0 && !is_of(layer[at], key))
                at = (at + 1) & (layer.size() - 1);
              return layer[at] != 0;
            });
}

void first_holders::prefetch(std::uint64_t key) const noexcept {
  for (const auto& layer : layers_)
    __builtin_prefetch(&layer[first_place(key, layer.size())]);
}

expected<std::optional<first_holders::holder>>
first_holders::find(std::uint64_t key) const {
  std::optional<holder> found;
  for (const auto& layer : layers_)
    for (auto at = first_place(key, layer.size()); layer[at] != 0;
         at = (at + 1) & (layer.size() - 1)) {
      if (!is_of(layer[at], key))
        continue;
      auto page = view_.lookup(numbered(pages, layer[at] & page_mask));
      if (!page)
        return page.error();
      if (!*page)
        continue;
      each_record(**page, [&](auto record, auto known, auto keys) {
        each_key(keys, [&](auto one) {
          if (one != key || found)
            return;
          found = holder{std::string{record}, {}};
          std::memcpy(&found->known, known.data(), sizeof found->known);
        });
      });
      if (found)
        return found;
    }
  return found;
}

expected<void> first_holders::add(std::string_view record,
                                  const dedupe::facts& known,
                                  const std::vector<std::uint64_t>& keys) {
  if (keys.empty())
    return {};
  // In place: a page is written some times over.
  auto& entries = view_.open().index;
  const auto at = numbered(pages, page_);
  auto entry = entries.find(at);
  if (entry == entries.end()) {
    auto stored = view_.lookup(at);
    if (!stored)
      return stored.error();
    entry = entries.emplace(at, stored->value_or(std::string(1, '\0'))).first;
  }
  auto& page = *entry->second;
  ++page.front();
  page.append(record);
  append_bytes(page, known);
  page += static_cast<char>(keys.size());
  for (auto key : keys) {
    append_bytes(page, key);
    note(key, page_);
  }
  page_ += count_of(page) == records_in_page;
  return {};
}

} // namespace jobfarm::collect
