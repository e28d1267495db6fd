#include "actors/text/phrase_filter.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace jobfarm::text {

namespace {

/// Of the bytes of a word its key has so many.
constexpr std::size_t key_bytes = sizeof(std::uint32_t);

std::uint32_t key_of(const phrase_filter::phrase& one, std::size_t size) {
  auto head = first_bytes(std::string_view{one.text}.substr(one.anchor, size), 0);
  return word_key(static_cast<std::uint32_t>(head), size);
}

} // namespace

bool phrase_filter::can_find(const phrase& one) {
  return !phrase_rows::ends_in_head(one)
         || one.text.size() - one.anchor >= key_bytes;
}

phrase_filter::phrase_filter(std::vector<phrase> phrases) {
  std::vector<phrase> all;
  for (auto& one : phrases) {
    auto shortest = head_size(one.text, one.anchor);
    auto longest = phrase_rows::ends_in_head(one) ? max_head_bytes : shortest;
    for (auto size = shortest; size <= longest; ++size) {
      one.key = slot_of(key_of(one, size));
      all.push_back(one);
    }
  }
  std::sort(all.begin(), all.end(), [](const phrase& a, const phrase& b) {
    return std::tuple(a.key, a.text.size(), a.scanner, a.number)
           < std::tuple(b.key, b.text.size(), b.scanner, b.number);
  });
  ranges_.assign(slot_count, {static_cast<std::uint16_t>(all.size()), 0});
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto slot = all[i].key;
    is_anchor_[slot] = 1;
    if (ranges_[slot].count++ == 0)
      ranges_[slot].first = static_cast<std::uint16_t>(i);
  }
  looks_.resize(all.size() + 1);
  rows_ = phrase_rows(std::move(all));
  for (auto row : ranges_)
    if (row.count > 0)
      looks_[row.first] = rows_.look_of(row);
}

} // namespace jobfarm::text
