#pragma once

#include "actors/supervise/supervisor_actor.hpp"
#include "actors/watch/fail_points.hpp"
#include "nodes/crew_roster.hpp"
#include "nodes/link/client_state.hpp"
#include "nodes/link/uplink_actor.hpp"
#include "tests/simulation/coordinator.hpp"

#include <functional>
#include <memory>

namespace jobfarm::simulation {

/// One life of a worker's process: UPLINK, FETCHER, NORMALIZER, COLLECTORs
/// under their supervisor and the worker's end of the link, as in production;
/// without sockets and threads.
class worker : public far_end, public std::enable_shared_from_this<worker> {
public:
  /// Whom the network finds at the coordinator's address now; may be null.
  using address = std::function<coordinator*()>;

  worker(stage& on, std::int32_t number, process life, address dials,
         std::function<void()> over);
  ~worker() override;

  void start();
  /// The process is killed.
  void crash();
  void freeze();
  void thaw();
  bool is_alive() const noexcept {
    return *is_alive_;
  }
  /// No more faults of its own.
  void calm() {
    faults_->clear(0);
  }

  const std::string& name() const override {
    return name_;
  }
  std::int32_t number() const override {
    return number_;
  }
  void hear(const std::string& peer, const std::string& bytes) override;
  bool is_connected_by(const std::string& peer) const override {
    return *is_alive_ && peer == peer_;
  }

private:
  class port;

  void spawn_crew();
  supervisor_config collectors() const;
  void tick();
  void do_or_wait(std::function<void()> what);
  void obey(nodes::link_layer::client_steps steps);
  void send(const std::string& bytes);
  void end();

  stage& on_;
  std::int32_t number_;
  process life_;
  address dials_;
  std::function<void()> over_;
  std::string name_;
  bool has_browser_;
  /// The program that it runs: the others may be of another version.
  std::string reader_;
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
  std::shared_ptr<watch::fail_points> faults_ =
      std::make_shared<watch::fail_points>(true);
  nodes::link_layer::client_state link_;
  nodes::link_layer::uplink_actor uplink_;
  caf::actor collectors_;
  fetcher_actor fetcher_;
  normalizer_actor normalizer_;
  /// The connection that is open, and its way up.
  std::string peer_;
  wire up_;
  std::int32_t dials_made_ = 0;
  std::vector<std::function<void()>> missed_;
};

} // namespace jobfarm::simulation
