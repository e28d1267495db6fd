#pragma once

#include "actors/store/store.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

namespace jobfarm::nodes {

/// A run of the coordinator, after others on the same store.
struct run {
  /// Leases of one run are never taken for those of another.
  std::int64_t first_lease = 0;
  /// Hosts that runs before were asked to leave alone, and for how long still.
  std::map<std::string, std::chrono::seconds> pauses;
};

/// Counts this run in the store. `now` is seconds since 1970. Errors:
/// store_failed.
expected<run> begin_run(store::store& disk, std::int64_t now);

} // namespace jobfarm::nodes
