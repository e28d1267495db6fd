#pragma once

#include "actors/interfaces.hpp"
#include "actors/watch/probe.hpp"
#include "nodes/link/client.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace jobfarm::nodes::link_layer {

/// The link to the coordinator, once it is made.
struct uplink_line {
  std::shared_ptr<coordinator_port> to;
};

/// Tasks that the coordinator lent.
struct uplink_tasks {
  std::vector<link::lent_task> tasks;
};

/// An outcome is on the coordinator's disk.
struct uplink_settled {
  std::uint64_t id = 0;
};

/// An outcome that no coordinator can take.
struct uplink_unfit {
  std::uint64_t id = 0;
  std::string body;
  failure why;
};

/// Keeps an outcome of a task where the operator may look at it; tells where.
using outcome_keeper = std::function<expected<std::string>(
    const std::string& task_id, std::string_view body)>;

} // namespace jobfarm::nodes::link_layer

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::nodes::link_layer::uplink_line)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::nodes::link_layer::uplink_tasks)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::nodes::link_layer::uplink_settled)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::nodes::link_layer::uplink_unfit)

namespace jobfarm::nodes::link_layer {

/// Stands in a worker for the coordinator: to a COLLECTOR it is FRONTIER and
/// INGEST.
using uplink_actor = caf::typed_actor<
    // A COLLECTOR has room.
    caf::reacts_to<work_request>,
    // A COLLECTOR is still at it.
    caf::reacts_to<work_renewal>,
    // Answered when the coordinator has it on disk, however long that takes.
    caf::replies_to<finished_task>::with<atom::done>,
    // From the link.
    caf::reacts_to<uplink_line>, caf::reacts_to<uplink_tasks>,
    caf::reacts_to<uplink_settled>, caf::reacts_to<uplink_unfit>,
    caf::reacts_to<jobfarm::host_rest>,
    // Lets the COLLECTORs finish, then leaves.
    caf::reacts_to<atom::drain>>;

/// Hands what the coordinator lends to COLLECTORs, and what they have done to
/// the coordinator. What a COLLECTOR had in hand when it ended goes to another.
/// An outcome that the coordinator cannot take is set aside, and the task has
/// failed instead.
class uplink_state {
public:
  static inline const char* name = "uplink";

  explicit uplink_state(uplink_actor::pointer self);

  /// `left` is called when the drain is over. `told` hears what passes; may be
  /// null, as `keep`.
  void start(std::function<void()> left,
             std::shared_ptr<watch::worker_probe> told, outcome_keeper keep);
  void on_line(uplink_line made);
  void on_request(const work_request& request);
  void on_renewal(work_renewal renewal);
  void on_tasks(std::vector<link::lent_task> tasks);
  caf::result<atom::done> on_finished(finished_task finished);
  void on_settled(std::uint64_t id);
  void on_unfit(uplink_unfit one);
  /// COLLECTORs leave the host alone.
  void on_rest(const jobfarm::host_rest& one);
  void on_drain();
  void on_down(const caf::actor_addr& collector);

private:
  using promise = caf::typed_response_promise<atom::done>;
  struct held_lease {
    plan::lease lease;
    caf::actor_addr by;
  };
  struct waiting_collector {
    collector_actor handle;
    std::size_t credit = 0;
  };

  /// An outcome that is on its way.
  struct unsettled_outcome {
    promise answer;
    task whose;
    std::int64_t lease = 0;
    /// It says that the one before could not be taken.
    bool is_second = false;
  };

  void hand_in(unsettled_outcome one, link::outcome body);
  void set_aside(const unsettled_outcome& one, const uplink_unfit& what) const;
  void serve();
  void tell_tasks() const;
  void leave_if_done();

  uplink_actor::pointer self_;
  std::function<void()> left_;
  std::shared_ptr<watch::worker_probe> told_;
  outcome_keeper keep_;
  std::shared_ptr<coordinator_port> line_;
  /// Everyone who ever asked and lives.
  std::map<caf::actor_addr, collector_actor> collectors_;
  std::deque<waiting_collector> waiting_;
  /// Lent to this node, but to no COLLECTOR yet.
  std::deque<plan::lease> spare_;
  std::map<std::int64_t, held_lease> held_;
  std::map<std::uint64_t, unsettled_outcome> unsettled_;
  /// Tasks asked for by those who have ended: not asked for again.
  std::size_t surplus_ = 0;
  std::uint64_t last_id_ = 0;
  bool is_draining_ = false;
};

uplink_actor::behavior_type
uplink(uplink_actor::stateful_pointer<uplink_state> self,
       std::function<void()> left, std::shared_ptr<watch::worker_probe> told,
       outcome_keeper keep);

} // namespace jobfarm::nodes::link_layer
