#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace jobfarm::text {

/// Numbers by keys of eight bytes, each key in a slot of its own. `1 << Bits`
/// slots should be some ten times as many as keys. A slot has no more than the
/// place of its key, as most of them are empty: all are near.
template <class Number, unsigned Bits>
class key_map {
public:
  using entry = std::pair<std::uint64_t, Number>;

  /// Of entries with different keys, fewer than 65,536.
  explicit key_map(const std::vector<entry>& all) {
    known_.insert(known_.end(), all.begin(), all.end());
    while (!fill())
      factor_ *= 0x5851F42D4C957F2DU;
  }

  /// The number of a key, 0 if it has none. Without a branch: which key comes
  /// cannot be foretold.
  Number find(std::uint64_t key) const {
    const auto& [known, number] = known_[slots_[slot_of(key)]];
    return static_cast<Number>(number * (known == key));
  }

private:
  std::size_t slot_of(std::uint64_t key) const {
    return (key * factor_) >> (64 - Bits);
  }

  /// False if two keys want the same slot.
  bool fill() {
    slots_ = {};
    for (std::size_t i = 1; i < known_.size(); ++i) {
      auto& its = slots_[slot_of(known_[i].first)];
      if (its != 0)
        return false;
      its = static_cast<std::uint16_t>(i);
    }
    return true;
  }

  std::uint64_t factor_ = 0x9E3779B97F4A7C15U;
  std::array<std::uint16_t, std::size_t{1} << Bits> slots_{};
  /// The first one is that of empty slots.
  std::vector<entry> known_ = std::vector<entry>(1);
};

} // namespace jobfarm::text
