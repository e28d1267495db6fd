#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace jobfarm::nodes::gateway {

/// What is left of a caller's quota.
struct quota {
  bool is_allowed = true;
  std::int64_t remaining = 0;
  /// Whole seconds until the window begins anew, at least 1.
  std::int64_t reset_s = 1;
};

/// So many requests in a window of time for each caller. Pure: time is an
/// argument. Forgets callers whose window is over; remembers at most
/// `most_callers`, then shares one quota among the rest.
class rate_limit {
public:
  using time_point = std::chrono::steady_clock::time_point;

  rate_limit(std::int64_t quota, std::chrono::seconds window,
             std::size_t most_callers = 10'000)
      : quota_(quota), window_(window), most_callers_(most_callers) {
  }

  /// Counts `cost` requests of `who`.
  quota take(const std::string& who, time_point now, std::int64_t cost = 1);

  std::int64_t limit() const noexcept {
    return quota_;
  }
  std::chrono::seconds window() const noexcept {
    return window_;
  }

private:
  struct usage {
    time_point begin{};
    std::int64_t used = 0;
  };

  void forget(time_point now);

  std::int64_t quota_;
  std::chrono::seconds window_;
  std::size_t most_callers_;
  std::unordered_map<std::string, usage> callers_;
};

} // namespace jobfarm::nodes::gateway
