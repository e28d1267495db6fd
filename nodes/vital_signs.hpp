#pragma once

#include "actors/errors.hpp"
#include "messages/query.hpp"

#include <caf/exit_reason.hpp>

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace jobfarm::nodes {

/// Whether the farm lives and which queries have ended, for threads that wait.
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

  using ending = expected<collection_result>;

  /// True if nobody waits for it yet: then the caller sees to it that `end` is called.
  bool expect_end(const std::string& query_id) {
    std::lock_guard lock(mutex_);
    return endings_.emplace(query_id, std::nullopt).second;
  }

  void end(const std::string& query_id, ending how) {
    std::lock_guard lock(mutex_);
    endings_[query_id] = std::move(how);
    changed_.notify_all();
  }

  /// How the query has ended, if it does or the farm does within `patience`.
  /// Told once: it may be opened again.
  std::optional<ending> wait(const std::string& query_id,
                             std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    auto told = [&] {
      auto found = endings_.find(query_id);
      return found != endings_.end() && found->second;
    };
    if (!changed_.wait_for(lock, patience, [&] { return lost_ || told(); }))
      return std::nullopt;
    if (lost_)
      return ending{*lost_};
    auto ended = std::move(endings_[query_id]);
    endings_.erase(query_id);
    return ended;
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<failure> cause_;
  std::optional<failure> lost_;
  /// Of queries that somebody waits for.
  std::map<std::string, std::optional<ending>> endings_;
};

} // namespace jobfarm::nodes
