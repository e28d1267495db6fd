#pragma once

#include "actors/interfaces.hpp"
#include "actors/watch/fail_points.hpp"
#include "nodes/link/remote_worker_actor.hpp"
#include "nodes/link/session_table.hpp"
#include "tests/simulation/network.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace jobfarm::simulation {

class coordinator;

/// A worker's end of a connection, for as long as it is open.
class far_end {
public:
  virtual ~far_end() = default;
  virtual const std::string& name() const = 0;
  virtual std::int32_t number() const = 0;
  /// `bytes` came over connection `peer`, open or not.
  virtual void hear(const std::string& peer, const std::string& bytes) = 0;
  virtual bool is_connected_by(const std::string& peer) const = 0;
};

/// One life of the coordinator's process: FRONTIER, INGEST, PLANNER, the STORE
/// behind its gate, all under their supervisor, and the link's session table,
/// all as in production; without sockets and threads.
class coordinator : public nodes::link_layer::session_port {
public:
  /// `over` is called once, when the process ends by itself.
  coordinator(stage& on, process number, std::function<void()> over);
  /// The process is killed.
  ~coordinator() override;

  /// Takes up what the store has, then opens the link.
  void start();
  bool is_serving() const noexcept {
    return is_serving_;
  }
  process number() const noexcept {
    return number_;
  }

  // What operators ask for.
  void submit(job_query query);
  void cancel(const std::string& query_id);
  void retry_dead(const task_name& which);
  void drop_dead(const task_name& which);
  void drain(const std::string& worker);

  /// Bytes of a worker arrive.
  void hear(const std::string& peer, const std::shared_ptr<far_end>& from,
            const std::string& bytes);

  void freeze();
  void thaw();
  /// No more faults of its own.
  void calm() {
    faults_->clear(0);
  }

  void tell(std::uint64_t session, link::frame message) override;
  void end(std::uint64_t session, failure why) override;

private:
  struct connection {
    std::shared_ptr<far_end> to;
    wire down;
  };

  void spawn_services();
  void spawn_root();
  void resume_next(std::vector<query_record> open);
  void tick();
  void do_or_wait(std::function<void()> what);
  void obey(nodes::link_layer::session_steps steps);
  void send(const std::string& peer, link::frame message,
            std::uint64_t session);
  void note_arrival(std::uint64_t session, const link::frame& message);
  void check_settled(std::uint64_t session, std::uint64_t outcome);

  stage& on_;
  process number_;
  std::function<void()> over_;
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
  bool is_serving_ = false;
  std::shared_ptr<watch::fail_points> faults_ =
      std::make_shared<watch::fail_points>(true);
  std::shared_ptr<nodes::link_layer::line> line_ =
      std::make_shared<nodes::link_layer::line>();
  store_actor store_;
  frontier_actor frontier_;
  planner_actor planner_;
  ingest_actor ingest_;
  caf::actor root_;
  nodes::link_layer::session_table table_;
  std::map<std::uint64_t, std::unique_ptr<nodes::link_layer::guest>> guests_;
  std::map<std::string, connection> peers_;
  struct result {
    task_name of;
    bool is_unchanged = false;
  };
  /// On their way to the disk, by session and number.
  std::map<std::pair<std::uint64_t, std::uint64_t>, result> results_;
  /// What came while the process was frozen.
  std::vector<std::function<void()>> missed_;
};

} // namespace jobfarm::simulation
