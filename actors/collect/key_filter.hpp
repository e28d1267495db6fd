#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace jobfarm::collect {

/// Which keys may have been added, by 64-bit hash: never wrong about one that
/// was, seldom (under 2 %) about one that was not. Grows with the keys, each
/// layer twice the one before, up to 25 MB for 16 million of them; from there
/// on it is wrong more and more often, and no larger.
///
/// Layers are split block Bloom filters (Apache Parquet, BloomFilter.md): a key
/// touches 32 bytes of each.
class key_filter {
public:
  bool may_have(std::uint64_t hash) const noexcept;
  void add(std::uint64_t hash);

  std::size_t bytes() const noexcept;

private:
  using block = std::array<std::uint32_t, 8>;

  std::vector<std::vector<block>> layers_;
  /// Keys that the last layer has room for.
  std::size_t room_ = 0;
};

} // namespace jobfarm::collect
