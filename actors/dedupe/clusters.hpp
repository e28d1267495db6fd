#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace jobfarm::dedupe {

/// Two records, by number, that one decision makes one job. The first is `a`;
/// records are numbered in the order in which they were seen (`is_before`).
struct merge_edge {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  double strength = 0;
};

/// True if two records are known to be different jobs.
using difference = std::function<bool(std::uint32_t, std::uint32_t)>;

/// Groups of records: what the edges connect, taken in the order given; an edge
/// that would bring two different records into one group is refused.
struct clustering {
  /// Each record once; members ascending, groups by their first member.
  std::vector<std::vector<std::uint32_t>> groups;
  std::vector<merge_edge> refused;
};

/// Sort the edges first (`sort_edges`): then the outcome depends on nothing but
/// records and edges. O(E), plus the comparison of the members of groups that
/// meet.
clustering cluster(std::size_t records, const std::vector<merge_edge>& edges,
                   const difference& is_different);

/// Puts edges in their one order: the strongest first, of equal ones those
/// between the records seen first.
void sort_edges(std::vector<merge_edge>& edges);

} // namespace jobfarm::dedupe
