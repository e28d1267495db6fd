#pragma once

#include "messages/expected.hpp"
#include "messages/failure.hpp"
#include "messages/ledger.hpp"
#include "messages/task.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace jobfarm::watch {

using steady_time = std::chrono::steady_clock::time_point;

/// One page as it came in, before it was settled.
struct page_report {
  std::string query_id;
  std::string task_id;
  std::string source;
  std::string host;
  /// The COLLECTOR that ran it.
  std::string worker;
  std::int32_t attempt = 0;
  std::optional<failure> failed;
  task_timings timings;
  std::int64_t bytes = 0;
};

/// Something that a host does to the whole farm, or the farm about it.
struct host_report {
  /// `host_paused`, `circuit_open`, `circuit_closed` or `host_given_up`.
  std::string_view what;
  std::string host;
  /// The failure that led to it; may be empty.
  std::string text;
};

/// What every node tells of its actors. Safe from any thread; must not block.
class node_probe {
public:
  virtual ~node_probe() = default;

  /// A supervised actor ended, and not because it was asked to: `child` is its
  /// place in the tree, as `collector-2`.
  virtual void on_actor_lost(std::string_view child, const failure& why) = 0;
};

/// What a worker's UPLINK tells. Safe from any thread; must not block.
class worker_probe : public node_probe {
public:
  /// A COLLECTOR has done a page; what it made waits to be settled.
  virtual void on_page(const page_report& page) = 0;

  /// Tasks that came and wait for a COLLECTOR, that COLLECTORs have in hand,
  /// and whose outcomes the coordinator has not settled.
  virtual void on_tasks(std::size_t waiting, std::size_t in_hand,
                        std::size_t unsettled) = 0;

  /// No coordinator can take the outcome of a task: `kept` is where it is now
  /// (empty for nowhere), or why it could not be kept.
  virtual void on_unfit_outcome(std::string_view task_id, const failure& why,
                                const expected<std::string>& kept) = 0;

  /// A coordinator has welcomed this node, or was lost.
  virtual void on_link(bool is_up) = 0;
};

/// Where a farm's actors leave what they did, for whoever counts it.
class probe : public node_probe {
public:
  /// INGEST decided about a page: what became of its records, and whether its
  /// task is over. `is_dead`: it is over because it was given up.
  virtual void on_settled(const page_report& page, const task_counts& counts,
                          bool is_done, bool is_dead) = 0;

  /// The FRONTIER holds so many tasks that wait, and has lent so many, the
  /// first of them at `oldest`.
  virtual void on_frontier(std::size_t waiting, std::size_t lent,
                           std::optional<steady_time> oldest) = 0;

  virtual void on_host(const host_report& report) = 0;

  /// What the store has of a posting is damaged; told once.
  virtual void on_damage(const failure& what) {
    (void)what;
  }

  /// A batch is on disk, or not.
  virtual void on_commit(double seconds, bool is_good) = 0;
};

} // namespace jobfarm::watch
