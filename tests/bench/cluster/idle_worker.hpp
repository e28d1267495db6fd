#pragma once

#include "nodes/link/client.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace jobfarm::bench {

/// A worker of the data link that does nothing: each task lent to it is
/// finished at once, with an empty result.
class idle_worker : public nodes::link_layer::host {
public:
  using clock = std::chrono::steady_clock;

  /// Holds at most `window` tasks. Ready when it has been told its line.
  explicit idle_worker(std::uint32_t window) : window_(window) {
  }

  /// Opens the line; throws std::runtime_error.
  static std::unique_ptr<nodes::link_layer::client>
  connect(std::unique_ptr<idle_worker> one,
          nodes::link_layer::client_options options);

  void lent(std::vector<link::lent_task> tasks) override;
  void settled(std::uint64_t id) override;
  void drain() override {
  }
  void rested(const link::host_rest&) override {
  }
  void ended(const failure&) override {
  }

  struct figures {
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t settled = 0;
    clock::time_point first_lease{};
    clock::time_point last_settled{};
    /// From lease to acknowledgement, in milliseconds.
    std::vector<double> latencies_ms;
  };
  std::shared_ptr<figures> seen = std::make_shared<figures>();

private:
  void pull_on();

  std::uint32_t window_;
  nodes::link_layer::client* line_ = nullptr;
  std::uint64_t last_id_ = 0;
  std::uint32_t room_ = 0;
  std::unordered_map<std::uint64_t, clock::time_point> begun_;
};

} // namespace jobfarm::bench
