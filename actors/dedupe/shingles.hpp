#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace jobfarm::dedupe {

/// Hashes of the lower-cased word 3-grams of a text, as often and in the order
/// as they come; a word is a run of Unicode letters, digits and `_`.
class shingle_list {
public:
  shingle_list() = default;

  /// Those between two of `hashes`, which it does not own.
  shingle_list(const std::uint64_t* begin, const std::uint64_t* end)
      : begin_(begin), end_(end) {
  }

  const std::uint64_t* begin() const noexcept {
    return begin_;
  }
  const std::uint64_t* end() const noexcept {
    return end_;
  }
  std::size_t size() const noexcept {
    return static_cast<std::size_t>(end_ - begin_);
  }

private:
  const std::uint64_t* begin_ = nullptr;
  const std::uint64_t* end_ = nullptr;
};

/// The different ones of a list, in the order in which they come first.
using shingle_set = std::vector<std::uint64_t>;

/// Linear; n log n for hashes that are not spread evenly.
shingle_set without_repeats(const shingle_list& all);

shingle_set shingles_of(std::string_view text);

/// How two shingle sets overlap.
struct overlap {
  /// Jaccard index; 1 for two empty sets.
  double jaccard = 0;
  /// Part of the smaller set that the larger one holds; 0 if one is empty.
  double containment = 0;
  /// Shingles of the smaller set.
  std::size_t smaller = 0;
};

overlap overlap_of(const shingle_set& a, const shingle_set& b);

/// What bounds the overlap of two sets when neither is at hand: which of 1,024
/// classes hold a shingle (a Bloom filter of one hash), and how many there are.
struct shingle_outline {
  std::array<std::uint64_t, 16> classes{};
  std::uint32_t count = 0;
};

shingle_outline outline_of(const shingle_set& shingles);

/// No overlap of the two sets is above this. 1,000 shingles that have nothing
/// in common with 1,000 others are known to have a Jaccard index below 0.65.
overlap overlap_bound(const shingle_outline& a, const shingle_outline& b);

} // namespace jobfarm::dedupe
