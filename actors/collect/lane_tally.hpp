#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>

namespace jobfarm::collect {

/// About how many entries of a block have each lane: few bits of a lane tell
/// its counter, so that others may be counted there too (a count-min sketch of
/// one row: Cormode, Muthukrishnan 2005). A lane that seems to be of many can
/// be counted on its own. 256 kB.
class lane_tally {
public:
  /// Which lane of an entry, in the upper half, and its value.
  using key = std::uint32_t;

  void add(key lane);

  /// Takes back one `add` of that lane.
  void remove(key lane);

  /// So many entries have a lane at most.
  std::size_t bound(key lane) const noexcept {
    return counters_[place_of(lane)];
  }

  /// So many have it, if that was said of it.
  std::optional<std::size_t> exact(key lane) const;

  /// Says how many entries have a lane; those that come and go are counted.
  void know(key lane, std::size_t count) {
    known_[lane] = count;
  }

private:
  static constexpr std::size_t size = 1u << 16;

  /// Different for most lanes of one value.
  static std::size_t place_of(key lane) noexcept {
    constexpr std::uint32_t odd = 0x9e3779b1;
    return ((lane >> 16) * odd >> 16 ^ lane) % size;
  }

  std::array<std::uint32_t, size> counters_{};
  std::unordered_map<key, std::size_t> known_;
};

} // namespace jobfarm::collect
