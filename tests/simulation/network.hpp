#pragma once

#include "tests/simulation/stage.hpp"

#include <functional>
#include <set>
#include <string>

namespace jobfarm::simulation {

/// One direction of one connection.
struct wire {
  /// For the trace: `w1>c`.
  std::string name;
  /// The worker at its end, whose cable may be cut.
  std::int32_t worker = 0;
  time_point last_arrival{};
};

/// Carries frames between workers and coordinator: loses, doubles and delays
/// them, and lets them overtake each other, as bad luck has it.
class network {
public:
  explicit network(stage& on) : on_(on) {
  }

  /// Calls `arrive` with the frame when, and as often as, it arrives.
  void carry(wire& by, const std::string& frame,
             const std::function<void(const std::string&)>& arrive);

  /// Nothing gets through to or from a worker for a while.
  void cut(std::int32_t worker, duration time);
  void mend() {
    cut_.clear();
  }

private:
  duration transit();
  void note(const wire& by, const std::string& frame,
            const char* what) const;

  stage& on_;
  std::multiset<std::int32_t> cut_;
};

} // namespace jobfarm::simulation
