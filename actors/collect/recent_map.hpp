#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <xxhash.h>

namespace jobfarm::collect {

/// Keeps the values that were used last: about `most`, 4 or more. A key has
/// four places where it may be, as a line in the cache of a processor, and
/// takes the one that was used longest ago: what is full allocates nothing any
/// more. Of a key 128 bits of hash are kept, by which it is told from others.
template <class Value>
class recent_map {
public:
  explicit recent_map(std::size_t most) : sets_(most / ways), items_(most) {
  }

  /// The value under a key, or nothing; valid until the next `put`.
  Value* find(std::string_view key) {
    const auto at = place_of(hash_of_key(key));
    if (at == items_.size())
      return nullptr;
    sets_[at / ways].used[at % ways] = ++clock_;
    return &items_[at].value;
  }

  /// `key` must not be there.
  Value& put(std::string_view key, Value value) {
    const auto hash = hash_of_key(key);
    const auto number = set_of(hash);
    auto& places = sets_[number];
    const auto& used = places.used;
    const auto way = static_cast<std::size_t>(
        std::min_element(used.begin(), used.end()) - used.begin());
    places.hashes[way] = hash.low64;
    places.used[way] = ++clock_;
    auto& kept = items_[number * ways + way];
    kept.rest = hash.high64;
    kept.value = std::move(value);
    return kept.value;
  }

  void erase(std::string_view key) {
    const auto at = place_of(hash_of_key(key));
    if (at == items_.size())
      return;
    sets_[at / ways].hashes[at % ways] = 0;
    sets_[at / ways].used[at % ways] = 0;
    items_[at].value = {};
  }

private:
  static constexpr std::size_t ways = 4;

  /// What is looked at first: 0 where nothing is kept.
  struct set {
    std::array<std::uint64_t, ways> hashes{};
    std::array<std::uint64_t, ways> used{};
  };

  struct item {
    /// The other half of the hash.
    std::uint64_t rest = 0;
    Value value{};
  };

  static XXH128_hash_t hash_of_key(std::string_view key) {
    auto hash = XXH3_128bits(key.data(), key.size());
    hash.low64 |= std::uint64_t{1} << 63;
    return hash;
  }

  std::size_t set_of(const XXH128_hash_t& hash) const {
    return (hash.low64 & 0xffffffff) * sets_.size() >> 32;
  }

  /// Which of `items_` is under a key; their number if none is.
  std::size_t place_of(const XXH128_hash_t& hash) const {
    const auto number = set_of(hash);
    const auto first = number * ways;
    const auto& hashes = sets_[number].hashes;
    for (std::size_t way = 0; way < ways; ++way)
      if (hashes[way] == hash.low64 && items_[first + way].rest == hash.high64)
        return first + way;
    return items_.size();
  }

  std::vector<set> sets_;
  std::vector<item> items_;
  std::uint64_t clock_ = 0;
};

} // namespace jobfarm::collect
