#pragma once

#include "actors/interfaces.hpp"
#include "messages/link.hpp"
#include "nodes/link/credit_account.hpp"
#include "nodes/link/lease_receipts.hpp"
#include "nodes/link/server.hpp"

#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace jobfarm::nodes::link_layer {

/// A frame that came over the link.
struct link_frame {
  link::frame message;
};

/// Who is at the other end of a session.
struct session_identity {
  std::uint64_t number = 0;
  std::string worker;
  bool has_browser = false;
};

/// The way from actors to a link, for as long as there is one.
class line {
public:
  void connect(session_port* to);
  void tell(std::uint64_t session, link::frame message);
  void end(std::uint64_t session, failure why);

private:
  std::mutex mutex_;
  session_port* server_ = nullptr;
};

} // namespace jobfarm::nodes::link_layer

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::nodes::link_layer::link_frame)

namespace jobfarm::nodes::link_layer {

/// Stands in the coordinator for a worker of another process: to the FRONTIER
/// it is a COLLECTOR.
using remote_worker_actor = collector_actor::extend<
    // A pull, a renewal, an outcome of the worker, or what it waits for.
    caf::reacts_to<link_frame>>;

/// One session of a worker. When it ends, the FRONTIER lends what it had to
/// others.
class remote_worker_state {
public:
  static inline const char* name = "remote_worker";

  explicit remote_worker_state(remote_worker_actor::pointer self);

  void start(session_identity who, frontier_actor frontier, ingest_actor ingest,
             std::shared_ptr<line> to);
  void on_granted(work_granted granted);
  void on_rest(const jobfarm::host_rest& one);
  void on_frame(link::frame message);

private:
  void ask_for(std::uint32_t credit);
  void on_waiting(const link::frame& message);
  void on_renewal(const link::frame& message);
  void on_outcome(const link::frame& message);
  void settled(std::uint64_t id);
  void give_back(std::uint64_t id, failure why);
  void on_refusal(std::uint64_t id, failure why);
  void refuse(failure why);

  remote_worker_actor::pointer self_;
  session_identity who_;
  frontier_actor frontier_;
  ingest_actor ingest_;
  std::shared_ptr<line> line_;
  credit_account credit_;
  lease_receipts receipts_;
  /// Outcomes on their way to the disk.
  std::set<std::uint64_t> in_commit_;
};

/// Starts the stand-in of a session and returns what the link tells of it.
std::unique_ptr<guest> admit_worker(caf::actor_system& system,
                                    session_identity who,
                                    const frontier_actor& frontier,
                                    const ingest_actor& ingest,
                                    std::shared_ptr<line> to);

} // namespace jobfarm::nodes::link_layer
