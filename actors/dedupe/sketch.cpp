#include "actors/dedupe/sketch.hpp"

#include <algorithm>

#include <xxhash.h>

namespace jobfarm::dedupe {

namespace {

/// What a bin has that got nothing.
constexpr auto empty = ~std::uint32_t{0};

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

void put(std::uint32_t& bin, std::uint64_t hash) {
  bin = std::min(bin, static_cast<std::uint32_t>(hash));
}

/// Throws all shingles once, each into a bin of its choice.
void throw_freely(sketch& bins, const shingle_range& shingles,
                  std::uint64_t factor) {
#pragma GCC unroll 4
  for (auto shingle : shingles) {
    const auto hash = shingle * factor;
    put(bins[(hash >> 32) * sketch_bins >> 32], hash);
  }
}

/// Throws all into one bin, so that there is an end: it is not empty then,
/// whatever their hashes are.
void throw_into(std::uint32_t& bin, const shingle_range& shingles,
                std::uint64_t factor) {
  bin = empty - 1;
  for (auto shingle : shingles)
    put(bin, shingle * factor);
}

sketch thrown(std::uint64_t round, const shingle_range& shingles) {
  const auto factor = XXH3_64bits(&round, sizeof round) | 1;
  sketch bins;
  bins.fill(empty);
  if (round < sketch_bins)
    throw_freely(bins, shingles, factor);
  else
    throw_into(bins[round - sketch_bins], shingles, factor);
  return bins;
}

/// What an earlier round put into a bin stays.
void fill_empty(sketch& bins, const sketch& next) {
  for (std::size_t i = 0; i < bins.size(); ++i)
    bins[i] = bins[i] == empty ? next[i] : bins[i];
}

bool has_empty(const sketch& bins) {
  return std::find(bins.begin(), bins.end(), empty) != bins.end();
}

} // namespace

sketch sketch_of(const std::uint64_t* first, std::size_t count) {
  const shingle_range shingles{first, count};
  auto least = thrown(0, shingles);
  for (std::uint64_t round = 1; has_empty(least); ++round)
    fill_empty(least, thrown(round, shingles));
  return least;
}

} // namespace jobfarm::dedupe
