#include "actors/supervise/backoff.hpp"

#include <algorithm>
#include <cmath>

namespace jobfarm::supervise {

using std::chrono::milliseconds;

milliseconds backoff::ceiling(std::int32_t before) const noexcept {
  // 2^30 times anything is beyond any longest wait.
  auto exponent = std::clamp(before, 0, 30);
  auto doubled = static_cast<double>(first.count()) * std::exp2(exponent);
  return milliseconds{static_cast<std::int64_t>(
      std::min(doubled, static_cast<double>(longest.count())))};
}

milliseconds backoff::delay(std::int32_t before, double random) const noexcept {
  return milliseconds{static_cast<std::int64_t>(
      static_cast<double>(ceiling(before).count()) * random)};
}

} // namespace jobfarm::supervise
