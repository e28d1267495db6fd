#include "actors/text/phrase_filter.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace jobfarm::text {

namespace {

/// Of the bytes of a word its key has so many.
constexpr std::size_t key_bytes = sizeof(std::uint32_t);

std::uint32_t key_of(const phrase_filter::phrase& one, std::size_t size) {
  auto head = first_bytes(one.from_anchor().substr(0, size), 0);
  return word_key(static_cast<std::uint32_t>(head), size);
}

} // namespace

bool phrase_filter::can_find(const phrase& one) {
  return !phrase_rows::ends_in_head(one)
         || one.from_anchor().size() >= key_bytes;
}

phrase_filter::two_looks phrase_filter::looks_of(key_table::range row) const {
  // What each phrase has in common with those behind it.
  std::vector<phrase_rows::look> rest(row.count);
  for (std::size_t i = row.count; i-- > 0;) {
    rest[i] = rows_.look_of(row.first + i);
    if (i + 1 < rest.size())
      rest[i] = rest[i] & rest[i + 1];
  }
  two_looks best{rest[0], rest[0]};
  auto known = [](const two_looks& of) {
    return std::min(of.first.size(), of.rest.size());
  };
  auto first = rows_.look_of(row.first);
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (two_looks split{first, rest[i]}; known(split) > known(best))
      best = split;
    first = first & rows_.look_of(row.first + i);
  }
  return best;
}

phrase_filter::phrase_filter(std::vector<phrase> phrases) {
  std::vector<phrase> all;
  all.reserve(phrases.size());
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    auto& one = phrases[i];
    one.copy_of = i;
    auto shortest = head_size(one.text, one.anchor);
    auto longest = phrase_rows::ends_in_head(one) ? max_head_bytes : shortest;
    for (auto size = shortest; size <= longest; ++size) {
      one.key = slot_of(key_of(one, size));
      all.push_back(one);
    }
  }
  // Those that have much in common stand together.
  std::sort(all.begin(), all.end(), [](const phrase& a, const phrase& b) {
    return std::tuple(a.key, a.from_anchor(), a.copy_of)
           < std::tuple(b.key, b.from_anchor(), b.copy_of);
  });
  ranges_.assign(slot_count, {static_cast<std::uint16_t>(all.size()), 0});
  std::vector<std::size_t> first_copy(phrases.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto& first = first_copy[all[i].copy_of];
    all[i].copy_of = first = std::min(first, i);
    auto slot = all[i].key;
    is_anchor_[slot] = 1;
    if (ranges_[slot].count++ == 0)
      ranges_[slot].first = static_cast<std::uint16_t>(i);
  }
  looks_.resize(all.size() + 1);
  rows_ = phrase_rows(std::move(all));
  for (auto row : ranges_)
    if (row.count > 0)
      looks_[row.first] = looks_of(row);
}

} // namespace jobfarm::text
