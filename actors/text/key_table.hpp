#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace jobfarm::text {

/// Keys of eight bytes, spread over so many bits.
inline std::size_t key_hash(std::uint64_t key, unsigned bits) {
  return (key * 0x9E3779B97F4A7C15U) >> (64 - bits);
}

/// Tells for most keys that they are none of a set, with one look into a small
/// table. At most one in sixteen is taken for one of up to 1,000 keys.
class key_filter {
public:
  key_filter() = default;
  explicit key_filter(const std::vector<std::uint64_t>& keys);

  bool may_have(std::uint64_t key) const {
    return marks_[key_hash(key, bits_)] != 0;
  }

private:
  /// What stays in the first cache beside the text.
  static constexpr unsigned most_bits = 14;

  unsigned bits_ = 1;
  std::vector<unsigned char> marks_ = std::vector<unsigned char>(2);
};

/// Numbered things by a key of eight bytes, several to a key.
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

  /// The numbers with a key; an empty range if there are none.
  range find(std::uint64_t key) const {
    for (auto i = key_hash(key, bits_); slots_[i].found.count > 0;
         i = (i + 1) & (slots_.size() - 1))
      if (slots_[i].key == key)
        return slots_[i].found;
    return {};
  }

private:
  struct slot {
    std::uint64_t key = 0;
    range found;
  };

  unsigned bits_ = 1;
  std::vector<slot> slots_ = std::vector<slot>(2);
};

} // namespace jobfarm::text
