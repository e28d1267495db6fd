#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

namespace jobfarm::test {

/// Counts what happens on any thread, for one that waits for it.
class diary {
public:
  void note(const std::string& what) {
    std::lock_guard lock(mutex_);
    ++seen_[what];
    changed_.notify_all();
  }

  void forget(const std::string& what) {
    std::lock_guard lock(mutex_);
    seen_.erase(what);
  }

  /// How often it happened so far.
  int count(const std::string& what) {
    std::lock_guard lock(mutex_);
    return seen_[what];
  }

  /// Waits until it has happened so often; false if it did not in time.
  bool wait(const std::string& what,
            std::chrono::milliseconds patience = std::chrono::seconds{30},
            int times = 1) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience,
                             [&] { return seen_[what] >= times; });
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, int> seen_;
};

} // namespace jobfarm::test
