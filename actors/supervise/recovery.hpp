#pragma once

#include "messages/failure.hpp"

#include <chrono>
#include <cstdint>

namespace jobfarm::supervise {

/// How often, and how long apart, a task is tried.
struct recovery_policy {
  std::int32_t most_attempts = 4;
  std::chrono::milliseconds first_delay{500};
  std::chrono::milliseconds longest_delay{60'000};
  /// The most that a `Retry-After` can make us wait.
  std::chrono::seconds longest_retry_after{3600};
};

/// What happens after a failure.
struct decision {
  enum class kind {
    retry,      ///< try the task again after `delay`
    pause_host, ///< the same, and nobody asks the host before that
    dead_letter ///< give the task up, with its last failure as the reason
  } what = kind::dead_letter;
  std::chrono::milliseconds delay{0};
};

/// Decides about a task that has failed. `attempt` counts from 1, the try that
/// failed now; `random` is in [0, 1). Back-off is capped exponential with full
/// jitter; a usable `Retry-After` replaces it.
decision decide(const failure& why, std::int32_t attempt,
                const recovery_policy& policy, double random);

} // namespace jobfarm::supervise
