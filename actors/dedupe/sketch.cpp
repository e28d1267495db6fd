#include "actors/dedupe/sketch.hpp"

#include <algorithm>

#include <xxhash.h>

namespace jobfarm::dedupe {

namespace {

constexpr auto empty = ~std::uint64_t{0};

struct shingle_range {
  const std::uint64_t* first;
  std::size_t count;

  const std::uint64_t* begin() const {
    return first;
  }
  const std::uint64_t* end() const {
    return first + count;
  }
};

using bin_list = std::array<std::uint64_t, sketch_bins>;

/// What an earlier round put into a bin stays.
void put(std::uint64_t& bin, std::uint64_t round, std::uint64_t hash) {
  bin = std::min(bin, round << 32 | (hash & 0xffffffff));
}

std::uint64_t factor_of(std::uint64_t round) {
  return XXH3_64bits(&round, sizeof round) | 1;
}

/// Throws all shingles once, each into a bin of its choice.
void throw_freely(bin_list& bins, const shingle_range& shingles,
                  std::uint64_t round) {
  const auto factor = factor_of(round);
#pragma GCC unroll 4
  for (auto shingle : shingles) {
    const auto hash = shingle * factor;
    put(bins[(hash >> 32) * sketch_bins >> 32], round, hash);
  }
}

/// Throws all into one bin, so that there is an end.
void throw_into(std::uint64_t& bin, const shingle_range& shingles,
                std::uint64_t round) {
  const auto factor = factor_of(round);
  for (auto shingle : shingles)
    put(bin, round, shingle * factor);
}

bool has_empty(const bin_list& bins) {
  return std::find(bins.begin(), bins.end(), empty) != bins.end();
}

} // namespace

sketch sketch_of(const std::uint64_t* first, std::size_t count) {
  const shingle_range shingles{first, count};
  bin_list bins;
  bins.fill(empty);
  for (std::uint64_t round = 0; has_empty(bins); ++round)
    if (round < sketch_bins)
      throw_freely(bins, shingles, round);
    else
      throw_into(bins[round - sketch_bins], shingles, round);
  sketch least;
  std::transform(bins.begin(), bins.end(), least.begin(),
                 [](auto value) { return static_cast<std::uint32_t>(value); });
  return least;
}

} // namespace jobfarm::dedupe
