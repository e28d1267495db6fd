#include "actors/collect/lane_index.hpp"

#include <algorithm>

namespace jobfarm::collect {

namespace {

using dedupe::lane;

constexpr std::size_t lane_values = 1u << 16;

/// A mark is the same wherever it stands.
lane_tally::key key_of(std::size_t which, std::size_t bands, lane value) {
  return static_cast<lane_tally::key>(std::min(which, bands) << 16 | value);
}

} // namespace

lane_index::lane_index(std::size_t bands, std::size_t marks)
    : bands_(bands),
      most_marks_(marks),
      band_heads_(bands << head_bits),
      mark_heads_(lane_values),
      marks_(1) {
}

/// Visits each lane of an entry, with its place, once.
template <class Visit>
void lane_index::each_key(const lane* lanes, Visit visit) const {
  const auto* marks = lanes + bands_;
  for (std::size_t i = 0; i < bands_ + most_marks_; ++i)
    if (lanes[i] != 0
        && (i < bands_ || std::find(marks, lanes + i, lanes[i]) == lanes + i))
      visit(i, lanes[i]);
}

void lane_index::add(entry_number entry, const lane* lanes) {
  band_links_.resize(
      std::max(band_links_.size(), (std::size_t{entry} + 1) * bands_));
  each_key(lanes, [&](std::size_t which, lane value) {
    tally_.add(key_of(which, bands_, value));
    if (which >= bands_) {
      add_mark(entry, value);
      return;
    }
    auto& head = band_heads_[head_of(which, value)];
    band_links_[behind(entry, which)] = head;
    head.number = (entry + 1) & ((1u << number_bits) - 1);
    head.tag = tag_of(value) & ((1u << tag_bits) - 1);
  });
}

void lane_index::remove(entry_number entry, const lane* lanes) {
  each_key(lanes, [&](std::size_t which, lane value) {
    tally_.remove(key_of(which, bands_, value));
    if (which >= bands_) {
      remove_mark(entry, value);
      return;
    }
    auto* at = &band_heads_[head_of(which, value)];
    while (at->number != none && entry_of(*at) != entry)
      at = &band_links_[behind(entry_of(*at), which)];
    if (at->number != none)
      *at = band_links_[behind(entry, which)];
  });
}

void lane_index::add_mark(entry_number entry, lane value) {
  auto added = free_mark_;
  if (added == none) {
    added = static_cast<mark_link>(marks_.size());
    marks_.emplace_back();
  } else {
    free_mark_ = marks_[added].next;
  }
  marks_[added].entry = entry & ((1u << number_bits) - 1);
  link_mark(added, mark_heads_[value]);
  mark_heads_[value] = added;
}

void lane_index::remove_mark(entry_number entry, lane value) {
  mark_link before = none;
  mark_link removed = mark_heads_[value];
  while (removed != none && marks_[removed].entry != entry) {
    before = removed;
    removed = marks_[removed].next;
  }
  if (removed == none)
    return;
  if (before == none)
    mark_heads_[value] = marks_[removed].next;
  else
    link_mark(before, marks_[removed].next);
  link_mark(removed, free_mark_);
  free_mark_ = removed;
}

void lane_index::link_mark(mark_link one, mark_link next) {
  marks_[one].next = next & ((1u << (48 - number_bits)) - 1);
}

std::size_t lane_index::count(std::size_t which, lane value,
                              std::size_t enough) const {
  const auto key = key_of(which, bands_, value);
  if (const auto bound = tally_.bound(key); bound < enough)
    return bound;
  if (const auto known = tally_.exact(key))
    return *known;
  std::size_t counted = 0;
  each(which, value, [&](entry_number) { ++counted; });
  tally_.know(key, counted);
  return counted;
}

std::size_t lane_index::bytes() const noexcept {
  return (band_heads_.size() + band_links_.size()) * sizeof(band_link)
         + mark_heads_.size() * sizeof(mark_link) + marks_.size() * sizeof(mark)
         + sizeof tally_;
}

} // namespace jobfarm::collect
