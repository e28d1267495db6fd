#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace jobfarm::text {

/// Keys of eight bytes, spread over so many bits.
inline std::size_t key_hash(std::uint64_t key, unsigned bits) {
  return (key * 0x9E3779B97F4A7C15U) >> (64 - bits);
}

/// Tells for most keys that they are none of a set, with one look into a table
/// of `1 << Bits` bytes.
template <unsigned Bits>
class key_filter {
public:
  void add(std::uint64_t key) {
    marks_[key_hash(key, Bits)] = 1;
  }
  /// 1 if it may be one, else 0.
  unsigned may_have(std::uint64_t key) const {
    return marks_[key_hash(key, Bits)];
  }

private:
  std::array<unsigned char, std::size_t{1} << Bits> marks_{};
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
    auto i = key_hash(key, bits_);
    while (slots_[i].holds_other(key))
      i = (i + 1) & (slots_.size() - 1);
    return slots_[i].found;
  }

private:
  struct slot {
    std::uint64_t key = 0;
    range found;

    /// One condition, not two: which of them fails cannot be foretold.
    bool holds_other(std::uint64_t wanted) const {
      auto is_used = std::uint64_t{found.count > 0};
      return ((key ^ wanted) & (0 - is_used)) != 0;
    }
  };

  unsigned bits_ = 1;
  std::vector<slot> slots_ = std::vector<slot>(2);
};

} // namespace jobfarm::text
