#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace jobfarm::nodes::gateway {

/// A few threads for work that may block: answering requests from actors and
/// disk. Takes at most `most_waiting` pieces at a time.
class workers {
public:
  using clock = std::chrono::steady_clock;

  workers(std::size_t threads, std::size_t most_waiting);
  /// Finishes what runs, drops what waits.
  ~workers();

  /// Runs `work` soon, or `delay` from now. False if too much waits.
  bool post(std::function<void()> work, clock::duration delay = {});

private:
  void run();

  std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::multimap<clock::time_point, std::function<void()>> waiting_;
  bool is_over_ = false;
  std::vector<std::thread> threads_;
};

} // namespace jobfarm::nodes::gateway
