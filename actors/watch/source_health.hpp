#pragma once

#include "actors/watch/probe.hpp"
#include "messages/event.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace jobfarm::watch {

/// How each source has been answering since this process began.
class source_health : public probe {
public:
  /// `now` gives seconds since 1970.
  explicit source_health(std::function<std::int64_t()> now);

  void on_actor_lost(std::string_view, const failure&) override {
  }
  void on_settled(const page_report& page, const task_counts& counts,
                  bool is_done, bool is_dead) override;
  void on_frontier(std::size_t, std::size_t,
                   std::optional<steady_time>) override {
  }
  void on_host(const host_report& report) override;
  void on_commit(double, bool) override {
  }

  /// Fills in what is known of the source `into.name`. It is healthy if its
  /// circuits are not open and at least half of its last 100 pages were
  /// answered: a board that is not there is an answer, a wall is none. Where
  /// none of ten boards or more is there, the source has moved.
  void describe(source_status& into) const;

private:
  struct page {
    bool is_good = false;
    bool is_missing = false;
    std::int64_t fetch_us = 0;
  };
  struct figures {
    /// The newest last.
    std::deque<page> pages;
    std::int64_t last_check = 0;
    std::int64_t last_success = 0;
    /// Since when nothing went well.
    std::string error;
    std::int64_t today = 0;
    std::int64_t collected_today = 0;
    /// By host; what is closed is not in it.
    std::map<std::string, circuit> circuits;
  };

  std::function<std::int64_t()> now_;
  mutable std::mutex mutex_;
  std::map<std::string, figures, std::less<>> sources_;
  std::map<std::string, std::string, std::less<>> source_of_host_;
};

} // namespace jobfarm::watch
