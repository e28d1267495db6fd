#pragma once

#include <chrono>
#include <cstdint>

namespace jobfarm::cli {

/// Seconds since 1970, UTC.
inline std::int64_t now_utc() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

} // namespace jobfarm::cli
