#pragma once

#include "actors/interfaces.hpp"
#include "tests/simulation/stage.hpp"

#include <deque>
#include <memory>

namespace jobfarm::simulation {

/// The way to the disk: one batch at a time, each taking its time before and
/// after it is written, and some failing. A process that has crashed in
/// between has written or not, and never hears which.
using store_gate_actor = store_actor::extend<caf::reacts_to<atom::tick>>;

class store_gate_state {
public:
  static inline const char* name = "store";

  explicit store_gate_state(store_gate_actor::pointer self) : self_(self) {
  }

  void start(stage& on, std::shared_ptr<const bool> is_alive);
  caf::result<atom::done> on_batch(const store::shared_batch& changes);
  void on_tick();

private:
  struct waiting_batch {
    store::shared_batch changes;
    caf::typed_response_promise<atom::done> answer;
    std::optional<expected<void>> done;
  };

  void write_next();

  store_gate_actor::pointer self_;
  stage* on_ = nullptr;
  std::shared_ptr<const bool> is_alive_;
  std::deque<waiting_batch> queue_;
};

store_gate_actor::behavior_type
store_gate(store_gate_actor::stateful_pointer<store_gate_state> self,
           stage* on,
           std::shared_ptr<const bool> is_alive);

} // namespace jobfarm::simulation
