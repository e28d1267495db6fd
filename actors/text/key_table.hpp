#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace jobfarm::text {

/// Spreads keys of eight bytes; `>> 64 - bits` gives numbers of so many bits.
inline std::uint64_t key_hash(std::uint64_t key) {
  return key * 0x9E3779B97F4A7C15U;
}

/// Numbered things by a key of eight bytes, several to a key. Keys that want
/// the same row share it: what is found may have another key.
class key_table {
public:
  /// The numbers from `first` to before `first + count`.
  struct range {
    std::uint16_t first = 0;
    std::uint16_t count = 0;
  };

  key_table() = default;

  /// Of `most` things at most, fewer than 65,536; few rows are shared.
  explicit key_table(std::size_t most);

  /// Things are numbered in order of their rows.
  std::size_t row(std::uint64_t key) const {
    return key_hash(key) >> shift_;
  }

  /// Adds the next number of its row.
  void add(std::uint64_t key, std::size_t number);

  /// The numbers with a key, and maybe with others; an empty range behind all
  /// numbers if there are none.
  range find(std::uint64_t key) const {
    return rows_[row(key)];
  }

private:
  unsigned shift_ = 63;
  std::vector<range> rows_ = std::vector<range>(2);
};

} // namespace jobfarm::text
