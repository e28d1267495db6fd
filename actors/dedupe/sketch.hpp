#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace jobfarm::dedupe {

constexpr std::size_t sketch_bins = 72;

/// What is kept of a shingle set to find sets like it: two of Jaccard index J
/// are equal in each bin with probability J, about independently. Fast
/// similarity sketching (Dahlgaard, Knudsen, Thorup: FOCS 2017, arXiv
/// 1704.04370): every shingle is thrown into one bin, whose least hash stands
/// for it, and all again until no bin is empty. So a set of n takes n + 72 ln
/// 72 steps instead of 72 n, and small sets have as good a sketch as large
/// ones, which one permutation with copied bins (densification) does not give
/// them.
using sketch = std::array<std::uint32_t, sketch_bins>;

/// Of `count` shingles, at least one; repeats change nothing.
sketch sketch_of(const std::uint64_t* shingles, std::size_t count);

} // namespace jobfarm::dedupe
