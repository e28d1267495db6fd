#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jobfarm::simulation {

/// How a simulation went.
struct report {
  std::uint64_t seed = 0;
  /// Of everything that happened, in order.
  std::uint64_t trace_hash = 0;
  std::size_t events = 0;
  /// Promises that were broken; empty if all is well.
  std::vector<std::string> violations;
  /// Seconds of virtual time.
  double lasted_s = 0;
  std::int64_t tasks_done = 0;
  std::int64_t tasks_dead = 0;
  std::int64_t postings = 0;
  /// Answers that a page is the version that was known.
  std::int64_t unchanged = 0;
  std::int32_t coordinator_lives = 0;
  std::int32_t worker_lives = 0;
  /// The trace itself, where it was asked for.
  std::vector<std::string> lines;
};

/// A cluster's life, from its seed: two queries over eight sources, a
/// coordinator, three workers, and for some virtual seconds whatever misfortune
/// the seed has in store. Then all faults stop, and the queries must end.
report simulate(std::uint64_t seed, bool keeps_lines = false);

} // namespace jobfarm::simulation
