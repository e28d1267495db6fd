#pragma once

#include <chrono>
#include <cstdint>

namespace jobfarm::supervise {

/// Waits that double from `first` up to `longest`.
struct backoff {
  std::chrono::milliseconds first{500};
  std::chrono::milliseconds longest{60'000};

  /// The wait after `before` waits in a row, 0 or more, without jitter.
  std::chrono::milliseconds ceiling(std::int32_t before) const noexcept;

  /// The same with full jitter: evenly spread from nothing up to the ceiling,
  /// so that those who failed together do not come back together. `random` is
  /// in [0, 1).
  std::chrono::milliseconds delay(std::int32_t before,
                                  double random) const noexcept;
};

} // namespace jobfarm::supervise
