#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace jobfarm::text {

/// Numbered things by a key of eight bytes, several to a key. One look into a
/// small filter tells for most keys that nothing has them.
class key_table {
public:
  /// The numbers from `first` to before `first + count`.
  struct range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };

  key_table() = default;

  /// `keys[i]` is the key of number i; equal keys stand beside each other.
  explicit key_table(const std::vector<std::uint64_t>& keys);

  /// False for most keys that nothing has.
  bool may_have(std::uint64_t key) const {
    return filter_[hash(key)];
  }

  /// The numbers with a key; an empty range if there are none.
  range find(std::uint64_t key) const {
    for (auto i = hash(key); slots_[i & slot_mask_].found.count > 0; ++i)
      if (slots_[i & slot_mask_].key == key)
        return slots_[i & slot_mask_].found;
    return {};
  }

private:
  static constexpr std::size_t hash_bits = 14;

  static std::size_t hash(std::uint64_t key) {
    return (key * 0x9E3779B97F4A7C15U) >> (64 - hash_bits);
  }

  struct slot {
    std::uint64_t key = 0;
    range found;
  };

  std::vector<slot> slots_;
  std::size_t slot_mask_ = 0;
  std::array<bool, std::size_t{1} << hash_bits> filter_{};
};

} // namespace jobfarm::text
