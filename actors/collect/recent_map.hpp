#pragma once

#include "actors/collect/index_keys.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace jobfarm::collect {

/// Keeps the values that were used last: about `most`, 4 or more. A key has
/// four places where it may be, as a line in the cache of a processor, and
/// takes the one that was used longest ago: what is full allocates nothing any
/// more.
template <class Value>
class recent_map {
public:
  explicit recent_map(std::size_t most) : sets_(most / ways), items_(most) {
  }

  /// The value under a key, or nothing; valid until the next `put`.
  Value* find(const std::string& key) {
    const auto at = place_of(key);
    if (at == items_.size())
      return nullptr;
    sets_[at / ways].used[at % ways] = ++clock_;
    return &items_[at].second;
  }

  /// `key` must not be there.
  Value& put(const std::string& key, Value value) {
    const auto hash = mark_of(key);
    auto& places = sets_[hash % sets_.size()];
    const auto& used = places.used;
    const auto way = static_cast<std::size_t>(
        std::min_element(used.begin(), used.end()) - used.begin());
    places.hashes[way] = hash;
    places.used[way] = ++clock_;
    auto& item = items_[hash % sets_.size() * ways + way];
    item.first = key;
    item.second = std::move(value);
    return item.second;
  }

  void erase(const std::string& key) {
    const auto at = place_of(key);
    if (at == items_.size())
      return;
    sets_[at / ways].hashes[at % ways] = 0;
    sets_[at / ways].used[at % ways] = 0;
    items_[at].second = {};
  }

private:
  static constexpr std::size_t ways = 4;

  /// What is looked at before the keys are: 0 where nothing is kept.
  struct set {
    std::array<std::uint64_t, ways> hashes{};
    std::array<std::uint64_t, ways> used{};
  };

  static std::uint64_t mark_of(const std::string& key) {
    return hash_of(key) | std::uint64_t{1} << 63;
  }

  /// Which of `items_` is under a key; their number if none is.
  std::size_t place_of(const std::string& key) const {
    const auto hash = mark_of(key);
    const auto first = hash % sets_.size() * ways;
    const auto& hashes = sets_[first / ways].hashes;
    for (std::size_t way = 0; way < ways; ++way)
      if (hashes[way] == hash && items_[first + way].first == key)
        return first + way;
    return items_.size();
  }

  std::vector<set> sets_;
  std::vector<std::pair<std::string, Value>> items_;
  std::uint64_t clock_ = 0;
};

} // namespace jobfarm::collect
