#pragma once

#include "actors/watch/fail_points.hpp"
#include "messages/link.hpp"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm::nodes {

/// The faults of a whole cluster, at its coordinator: its own, and those of the
/// workers, to whom orders go over the data link. What it lists of a worker is
/// what that worker last said; nothing once it is gone. Thread-safe.
class fault_desk {
public:
  /// Takes an order to a worker; false if that is not there.
  using messenger =
      std::function<bool(const std::string& worker, link::frame order)>;

  explicit fault_desk(std::shared_ptr<watch::fail_points> own)
      : own_(std::move(own)) {
  }

  bool is_allowed() const noexcept {
    return own_ && own_->is_allowed();
  }

  /// Arms a fault where `fault.node` says. Waits for a worker's answer, a few
  /// seconds at most. Errors: those of `fail_points::arm`; not_found for a
  /// worker that is not there, timeout for one that does not answer.
  expected<armed_fault> arm(armed_fault fault);

  /// Takes a fault away wherever it is, or all (id 0); how many those were.
  /// Errors: timeout for a worker that does not answer.
  expected<std::size_t> clear(std::int64_t id);

  std::vector<armed_fault> armed() const;

  // -- for the link -------------------------------------------------------------

  /// How to reach workers; null when the link ends.
  void connect(messenger to);
  /// A worker has answered order `id`, or tells of its own accord (0).
  void reported(const std::string& worker, std::uint64_t id,
                link::fault_report report);
  void gone(const std::string& worker);

private:
  expected<void> order(const std::string& worker, link::fault_order what);

  std::shared_ptr<watch::fail_points> own_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  /// Guarded by a mutex of its own: it calls into the link, which calls back.
  std::mutex messenger_mutex_;
  messenger messenger_;
  std::map<std::string, std::vector<armed_fault>> workers_;
  /// Answers that are waited for; empty until they come.
  std::map<std::uint64_t, std::optional<link::fault_report>> answers_;
  std::uint64_t last_order_ = 0;
};

} // namespace jobfarm::nodes
