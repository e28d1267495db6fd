#pragma once

#include "actors/watch/metrics.hpp"
#include "actors/watch/probe.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm::watch {

/// Counts what the actors of a farm do, by source and stage, and logs each
/// page: what failed from level `info` on, what went well at `debug`.
class farm_metrics : public probe {
public:
  /// `sources` have their series from the start, so that rates are right from
  /// the first page on.
  farm_metrics(std::shared_ptr<metrics> into,
               const std::vector<std::string>& sources);

  void on_actor_lost(std::string_view child, const failure& why) override;
  void on_settled(const page_report& page, const task_counts& counts,
                  bool is_done, bool is_dead) override;
  void on_frontier(std::size_t waiting, std::size_t lent,
                   std::optional<steady_time> oldest) override;
  void on_host(const host_report& report) override;
  void on_damage(const failure& what) override;
  void on_commit(double seconds, bool is_good) override;

private:
  /// Nothing lent.
  static constexpr auto no_time = steady_time::max();

  std::shared_ptr<metrics> into_;
  /// When the task was lent that has been out longest.
  std::shared_ptr<std::atomic<steady_time>> oldest_;
};

} // namespace jobfarm::watch
