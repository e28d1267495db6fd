#pragma once

#include "messages/expected.hpp"
#include "messages/fault.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jobfarm::watch {

using jobfarm::armed_fault;
using jobfarm::fault_effect;

/// A point in the program where a fault may be injected.
struct fail_point {
  std::string_view name;
  std::string_view where;
  std::vector<fault_effect> effects;
};

/// Errors: invalid_input for what no process could arm.
expected<void> check_fault(const armed_fault& fault);

/// Every point that is compiled in.
const std::vector<fail_point>& all_fail_points();

/// What strikes now.
struct strike {
  fault_effect effect = fault_effect::fail;
  errc code = errc::internal;
  std::chrono::milliseconds delay{0};
};

/// The faults of one process. Off unless the node was started with faults
/// allowed; then passing a point costs one atomic read until something is
/// armed. Safe from any thread.
class fail_points {
public:
  explicit fail_points(bool is_allowed = false) : is_allowed_(is_allowed) {
  }

  bool is_allowed() const noexcept {
    return is_allowed_;
  }

  /// Arms a fault; returns it with its id, a new one if it has none. Errors:
  /// auth_failed if faults are not allowed, invalid_input for an unknown point,
  /// an effect that the point does not have, or numbers out of range.
  expected<armed_fault> arm(armed_fault fault);

  /// An id for a fault that another process is to arm.
  std::int64_t reserve_id();

  /// Takes a fault away, or all (id 0); returns how many those were.
  std::size_t clear(std::int64_t id);

  std::vector<armed_fault> armed() const;

  /// Called at a point: what is to happen, or nothing.
  std::optional<strike> pass(std::string_view point);

private:
  struct held {
    armed_fault fault;
    std::mt19937_64 random;
  };

  const bool is_allowed_;
  std::atomic<bool> is_armed_{false};
  mutable std::mutex mutex_;
  std::vector<held> faults_;
  std::int64_t next_id_ = 1;
};

/// A clock that faults of effect `jump` push forward. One thread.
class fault_clock {
public:
  using time_point = std::chrono::steady_clock::time_point;

  fault_clock() = default;
  /// `faults` may be null.
  fault_clock(std::shared_ptr<fail_points> faults, std::string point)
      : faults_(std::move(faults)), point_(std::move(point)) {
  }

  /// What this clock says when it is `now`.
  time_point read(time_point now) {
    if (faults_)
      if (auto struck = faults_->pass(point_))
        ahead_ += struck->delay;
    return now + ahead_;
  }

private:
  std::shared_ptr<fail_points> faults_;
  std::string point_;
  std::chrono::milliseconds ahead_{0};
};

} // namespace jobfarm::watch
