#pragma once

#include "actors/watch/probe.hpp"

#include <memory>

namespace jobfarm::watch {

/// Tells two probes what one is told.
class probe_pair : public probe {
public:
  probe_pair(std::shared_ptr<probe> first, std::shared_ptr<probe> second)
      : first_(std::move(first)), second_(std::move(second)) {
  }

  void on_actor_lost(std::string_view child, const failure& why) override {
    first_->on_actor_lost(child, why);
    second_->on_actor_lost(child, why);
  }
  void on_settled(const page_report& page, const task_counts& counts,
                  bool is_done, bool is_dead) override {
    first_->on_settled(page, counts, is_done, is_dead);
    second_->on_settled(page, counts, is_done, is_dead);
  }
  void on_frontier(std::size_t waiting, std::size_t lent,
                   std::optional<steady_time> oldest) override {
    first_->on_frontier(waiting, lent, oldest);
    second_->on_frontier(waiting, lent, oldest);
  }
  void on_host(const host_report& report) override {
    first_->on_host(report);
    second_->on_host(report);
  }
  void on_damage(const failure& what) override {
    first_->on_damage(what);
    second_->on_damage(what);
  }
  void on_commit(double seconds, bool is_good) override {
    first_->on_commit(seconds, is_good);
    second_->on_commit(seconds, is_good);
  }

private:
  std::shared_ptr<probe> first_;
  std::shared_ptr<probe> second_;
};

} // namespace jobfarm::watch
