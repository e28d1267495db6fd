#pragma once

#include "actors/watch/metrics.hpp"
#include "actors/watch/probe.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::watch {

/// Counts and logs what a worker does. Its series have names of their own: the
/// coordinator counts the same pages once they are settled.
class worker_metrics : public worker_probe {
public:
  /// `sources` have their series from the start.
  worker_metrics(std::shared_ptr<metrics> into,
                 const std::vector<std::string>& sources);

  void on_actor_lost(std::string_view child, const failure& why) override;
  void on_page(const page_report& page) override;
  void on_tasks(std::size_t waiting, std::size_t in_hand,
                std::size_t unsettled) override;
  void on_unfit_outcome(std::string_view task_id, const failure& why,
                        const expected<std::string>& kept) override;
  void on_link(bool is_up) override;

private:
  std::shared_ptr<metrics> into_;
};

} // namespace jobfarm::watch
