#pragma once

#include "messages/enum_names.hpp"
#include "messages/expected.hpp"
#include "messages/fields.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::watch {

/// What a fail point does when it strikes.
enum class fault_effect : std::uint8_t {
  fail,      ///< the operation fails with `code`
  delay,     ///< it takes `delay_ms` longer
  drop,      ///< a frame is lost
  duplicate, ///< a frame comes twice
  reorder,   ///< a frame is overtaken by the next one
  kill,      ///< the actor ends
};

} // namespace jobfarm::watch

template <>
struct jobfarm::enum_names<jobfarm::watch::fault_effect> {
  static constexpr auto last = jobfarm::watch::fault_effect::kill;
  static constexpr std::string_view names[] = {"fail",      "delay",   "drop",
                                               "duplicate", "reorder", "kill"};
};

namespace jobfarm::watch {

/// A fault that is armed: at which point, what, how often.
struct armed_fault {
  /// Given by `fail_points`, 1 the first.
  std::int64_t id = 0;
  /// One of `fail_point_names`.
  std::string point;
  fault_effect effect = fault_effect::fail;
  errc code = errc::internal;
  std::int64_t delay_ms = 0;
  /// Of the times that the point is passed, this share, 0 to 1.
  double probability = 1;
  /// Strikes at most so often, 0 for ever.
  std::int64_t times = 0;
  /// Of a random sequence of its own: the same seed strikes the same passes.
  std::uint64_t seed = 1;
  /// How often the point was passed, and how often it struck.
  std::int64_t passed = 0;
  std::int64_t struck = 0;
};

/// A point in the program where a fault may be injected.
struct fail_point {
  std::string_view name;
  std::string_view where;
  std::vector<fault_effect> effects;
};

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

  /// Arms a fault; returns it with its id. Errors: auth_failed if faults are
  /// not allowed, invalid_input for an unknown point, an effect that the point
  /// does not have, or numbers out of range.
  expected<armed_fault> arm(armed_fault fault);

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

} // namespace jobfarm::watch
