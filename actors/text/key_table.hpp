#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace jobfarm::text {

/// Numbered things by a key of four bytes, several to a key. One bit tells for
/// most keys that nothing has them.
class key_table {
public:
  /// The numbers from `first` to before `first + count`.
  struct range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };

  key_table() = default;

  /// `keys[i]` is the key of number i; equal keys stand beside each other.
  explicit key_table(const std::vector<std::uint32_t>& keys);

  /// The numbers with a key; an empty range if there are none.
  range find(std::uint32_t key) const {
    auto hashed = hash(key);
    if (!filter_[hashed % filter_bits])
      return {};
    for (auto i = hashed; slots_[i & slot_mask_].found.count > 0; ++i)
      if (slots_[i & slot_mask_].key == key)
        return slots_[i & slot_mask_].found;
    return {};
  }

private:
  static constexpr std::size_t filter_bits = 1u << 15;

  static std::uint32_t hash(std::uint32_t key) {
    return (key * 0x9E3779B1U) >> 8;
  }

  struct slot {
    std::uint32_t key = 0;
    range found;
  };

  std::vector<slot> slots_;
  std::size_t slot_mask_ = 0;
  std::bitset<filter_bits> filter_;
};

} // namespace jobfarm::text
