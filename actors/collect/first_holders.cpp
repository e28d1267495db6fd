#include "actors/collect/first_holders.hpp"

#include "messages/byte_block.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace jobfarm::collect {

namespace {

constexpr std::string_view pages = "dup/h/";
constexpr std::size_t records_in_page = 32;

constexpr std::size_t lines_in_first_layer = 1u << 12;
/// Of sixteen slots, twelve are filled.
constexpr std::size_t room_of(std::size_t lines) {
  return lines * 12;
}

constexpr int page_bits = 20;
constexpr std::uint32_t page_mask = (1u << page_bits) - 1;

/// The bits of a key in its slot: not 0, which is what a free one has there.
std::uint32_t mark_of(std::uint64_t key) {
  const auto mark = static_cast<std::uint32_t>(key) << page_bits;
  return mark + (static_cast<std::uint32_t>(mark == 0) << page_bits);
}

bool has_mark(std::uint32_t slot, std::uint32_t mark) {
  return (slot ^ mark) >> page_bits == 0;
}

std::size_t first_line(std::uint64_t key, std::size_t lines) {
  return (key >> 32) * lines >> 32;
}

/// Calls `visit(line)` for the lines where a key may be, until that is false or
/// one has a free slot.
template <class Layer, class Visit>
void each_line(Layer& in, std::uint64_t key, Visit visit) {
  auto at = first_line(key, in.size());
  while (visit(in[at].slots) && in[at].slots.back() != 0)
    at = (at + 1) & (in.size() - 1);
}

/// Without branches, for the compiler to do many at a time.
template <class Slots>
bool has_one_of(const Slots& slots, std::uint32_t mark) {
  using four = std::uint32_t __attribute__((vector_size(16)));
  static_assert(sizeof slots == 4 * sizeof(four));
  four all[4];
  std::memcpy(all, slots.data(), sizeof all);
  auto found = four{};
#pragma GCC unroll 4
  for (auto each : all)
    found |= reinterpret_cast<four>((each ^ mark) >> page_bits == 0);
  return !block::are_zero(reinterpret_cast<block::bytes>(found));
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
    const auto size =
        static_cast<unsigned char>(page[head - 1]) * sizeof(std::uint64_t);
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

first_holders::first_holders(store::pending_view& view) : view_(view) {
  begin_page(page_);
}

expected<void> first_holders::open() {
  if (is_open_)
    return {};
  auto scanned = view_.scan_index(std::string{pages}, [&](const auto& entry) {
    const auto page = static_cast<std::uint32_t>(
        std::strtoul(&entry.key[pages.size()], nullptr, 16));
    each_record(entry.value, [&](auto, auto, auto keys) {
      each_key(keys, [&](auto key) { note(key, page); });
    });
    begin_page(std::max(page, page_));
    return true;
  });
  is_open_ = scanned.has_value();
  return scanned;
}

void first_holders::note(std::uint64_t key, std::uint32_t page) {
  if (room_ == 0) {
    const auto lines = lines_in_first_layer << layers_.size();
    layers_.emplace_back(lines);
    room_ = room_of(lines);
  }
  --room_;
  each_line(layers_.back(), key, [&](auto& slots) {
    auto free = std::find(slots.begin(), slots.end(), slot{0});
    if (free == slots.end())
      return true;
    *free = mark_of(key) | page;
    return false;
  });
}

bool first_holders::may_have(std::uint64_t key) const noexcept {
  auto found = !has_room();
  const auto mark = mark_of(key);
  for (const auto& one : layers_)
    each_line(one, key, [&](const auto& slots) {
      found = found || has_one_of(slots, mark);
      return !found;
    });
  return found;
}

void first_holders::prefetch(std::uint64_t key) const noexcept {
  for (const auto& one : layers_)
    __builtin_prefetch(&one[first_line(key, one.size())]);
}

/// The pages where a key may be, each once, in their order.
first_holders::page_list first_holders::pages_of(std::uint64_t key) const {
  page_list all;
  const auto mark = mark_of(key);
  for (const auto& one : layers_)
    each_line(one, key, [&](const auto& slots) {
      for (auto found : slots)
        if (has_mark(found, mark))
          all.push_back(found & page_mask);
      return true;
    });
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

expected<void> first_holders::each(std::uint64_t key,
                                   const holder_visitor& visit) const {
  auto goes_on = true;
  for (auto number : pages_of(key)) {
    auto page = read_page(number);
    if (!page)
      return page.error();
    each_record(*page, [&](auto record, auto known, auto keys) {
      each_key(keys, [&](auto one) {
        if (one != key || !goes_on)
          return;
        holder found{record_at(record.data()), {}};
        std::memcpy(&found.known, known.data(), sizeof found.known);
        goes_on = visit(found);
      });
    });
    if (!goes_on)
      break;
  }
  return {};
}

expected<std::optional<first_holders::holder>>
first_holders::find(std::uint64_t key) const {
  std::optional<holder> first;
  auto done = each(key, [&](const auto& one) {
    first = one;
    return false;
  });
  if (!done)
    return done.error();
  return first;
}

/// A page as it is now, empty if there is none; valid until the next call. Who
/// meets another record by one key mostly meets it by others.
expected<std::string_view>
first_holders::read_page(std::uint32_t number) const {
  if (number == page_)
    if (const auto* open = entry_.in(view_))
      return std::string_view{*open};
  if (number != last_read_.page) {
    auto stored = view_.lookup(numbered(pages, number));
    if (!stored)
      return stored.error();
    last_read_ = {number == page_ ? 0 : number,
                  (*std::move(stored)).value_or(std::string{})};
  }
  return std::string_view{last_read_.bytes};
}

void first_holders::begin_page(std::uint32_t page) {
  page_ = page;
  page_key_ = numbered(pages, page);
  entry_ = {};
}

/// The page that is being filled, in place: it is written some times over.
expected<std::string*> first_holders::open_page() {
  if (auto* page = entry_.in(view_))
    return page;
  auto stored = view_.lookup(page_key_);
  if (!stored)
    return stored.error();
  return entry_.begin(view_, page_key_, stored->value_or(std::string(1, '\0')));
}

/// Begins the next addition, which has no keys yet; in another page if the last
/// one is full.
expected<std::string*>
first_holders::begin_addition(std::string_view record,
                              const dedupe::facts& known) {
  auto page = open_page();
  if (page && count_of(**page) >= records_in_page) {
    begin_page(page_ + 1);
    page = open_page();
  }
  if (!page)
    return page;
  auto& bytes = **page;
  ++bytes.front();
  bytes.append(record);
  append_bytes(bytes, known);
  last_ = {record_at(record.data()), bytes.size(), bytes.size() + 1};
  bytes += '\0';
  return page;
}

void first_holders::append_key(std::string& page, std::uint64_t key) {
  ++page[last_.count_at];
  append_bytes(page, key);
  last_.end = page.size();
  note(key, page_);
}

expected<void> first_holders::add(std::string_view record,
                                  const dedupe::facts& known,
                                  const std::vector<std::uint64_t>& keys) {
  if (keys.empty())
    return {};
  auto page = begin_addition(record, known);
  if (!page)
    return page.error();
  for (auto key : keys)
    append_key(**page, key);
  return {};
}

expected<void> first_holders::add_mark(std::string_view record,
                                       std::uint64_t key) {
  auto page = open_page();
  if (page
      && (last_.record != record || last_.end != (*page)->size()
          || static_cast<unsigned char>((**page)[last_.count_at]) == 255))
    page = begin_addition(record, {});
  if (!page)
    return page.error();
  append_key(**page, key);
  return {};
}

} // namespace jobfarm::collect
