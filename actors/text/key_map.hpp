#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace jobfarm::text {

/// Numbers by keys of eight bytes, each key in a slot of its own. `1 << Bits`
/// slots should be some ten times as many as keys.
template <class Number, unsigned Bits>
class key_map {
public:
  using entry = std::pair<std::uint64_t, Number>;

  /// Of entries with different keys.
  explicit key_map(const std::vector<entry>& all) {
    while (!fill(all))
      factor_ *= 0x5851F42D4C957F2DU;
  }

  /// The number of a key, 0 if it has none. Without a branch: which key comes
  /// cannot be foretold.
  Number find(std::uint64_t key) const {
    const auto& its = slots_[slot_of(key)];
    return static_cast<Number>(its.number * (its.key == key));
  }

private:
  struct slot {
    std::uint64_t key = 0;
    Number number = 0;
  };

  std::size_t slot_of(std::uint64_t key) const {
    return (key * factor_) >> (64 - Bits);
  }

  /// False if two keys want the same slot.
  bool fill(const std::vector<entry>& all) {
    slots_ = {};
    for (auto [key, number] : all) {
      auto& its = slots_[slot_of(key)];
      if (its.number != 0)
        return false;
      its = {key, number};
    }
    return true;
  }

  std::uint64_t factor_ = 0x9E3779B97F4A7C15U;
  std::array<slot, std::size_t{1} << Bits> slots_{};
};

} // namespace jobfarm::text
