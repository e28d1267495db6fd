#pragma once

#include "actors/text/time.hpp"

#include <caf/actor_clock.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace jobfarm {

/// The time of day as a function of an actor's own clock, so that tests which
/// move the clock move the day with it.
class wall_clock {
public:
  using time_point = caf::actor_clock::time_point;

  /// Says that it was `seconds` since 1970 (UTC) at `at`.
  wall_clock(time_point at, std::int64_t seconds) : at_(at), seconds_(seconds) {
  }

  /// RFC 3339 UTC at `now`.
  std::string at(time_point now) const {
    return text::format_utc(
        seconds_
        + std::chrono::duration_cast<std::chrono::seconds>(now - at_).count());
  }

private:
  time_point at_;
  std::int64_t seconds_;
};

} // namespace jobfarm
