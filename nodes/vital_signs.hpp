#pragma once

#include "actors/errors.hpp"

#include <caf/exit_reason.hpp>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace jobfarm::nodes {

/// Whether the farm lives, for threads that wait.
class vital_signs {
public:
  /// What an actor of the crew has died of, for when that ends the farm.
  void note_cause(const caf::error& why) {
    std::lock_guard lock(mutex_);
    if (why)
      cause_ = from_error(why);
  }

  /// A child of ROOT has ended: the farm does.
  void lose(const caf::error& why) {
    std::lock_guard lock(mutex_);
    if (lost_)
      return;
    auto is_told = why && why != caf::exit_reason::user_shutdown;
    lost_ = !is_told && cause_ ? cause_ : from_error(why);
    changed_.notify_all();
  }

  /// Why an actor has ended, if one does within `patience`.
  std::optional<failure> wait(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [this] { return lost_.has_value(); });
    return lost_;
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<failure> cause_;
  std::optional<failure> lost_;
};

} // namespace jobfarm::nodes
