#include "actors/dedupe/sketch.hpp"

#include <algorithm>

#include <xxhash.h>

namespace jobfarm::dedupe {

namespace {

constexpr auto empty = ~std::uint64_t{0};

/// Throws all shingles once: into a bin of their choice by the first rounds,
/// all into one by the last, so that there is an end.
void throw_into(std::array<std::uint64_t, sketch_bins>& bins,
                const shingle_set& shingles, std::uint64_t round) {
  const auto factor = XXH3_64bits(&round, sizeof round) | 1;
  for (auto shingle : shingles) {
    const auto hash = shingle * factor;
    const auto bin = round < sketch_bins ? (hash >> 32) * sketch_bins >> 32
                                         : round - sketch_bins;
    // What an earlier round put there stays.
    bins[bin] = std::min(bins[bin], round << 32 | (hash & 0xffffffff));
  }
}

} // namespace

sketch sketch_of(const shingle_set& shingles) {
  std::array<std::uint64_t, sketch_bins> bins;
  bins.fill(empty);
  for (std::uint64_t round = 0;
       std::find(bins.begin(), bins.end(), empty) != bins.end(); ++round)
    throw_into(bins, shingles, round);
  sketch least;
  std::transform(bins.begin(), bins.end(), least.begin(),
                 [](auto value) { return static_cast<std::uint32_t>(value); });
  return least;
}

} // namespace jobfarm::dedupe
