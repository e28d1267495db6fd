#include "actors/supervise/pulse_actor.hpp"

#include <utility>

namespace jobfarm {

void pulse_state::start(pulse_config config) {
  config_ = std::move(config);
  self_->delayed_send(self_, config_.beat, atom::tick::value);
}

void pulse_state::beat() {
  for (const auto& one : config_.whom())
    if (asked_.insert(one.address()).second)
      ask(one);
  self_->delayed_send(self_, config_.beat, atom::tick::value);
}

void pulse_state::ask(const caf::actor& one) {
  // By address: a handle in its own continuation would never be let go.
  auto address = one.address();
  self_->request(one, config_.patience, atom::pulse::value)
      .then([this, address](atom::done) { asked_.erase(address); },
            [this, address](const caf::error& why) {
              asked_.erase(address);
              auto hung = caf::actor_cast<caf::actor>(address);
              if (hung && why == caf::sec::request_timeout)
                self_->send_exit(hung, caf::exit_reason::kill);
            });
}

caf::behavior pulse(caf::stateful_actor<pulse_state>* self,
                    pulse_config config) {
  self->state.start(std::move(config));
  return {[self](atom::tick) { self->state.beat(); }};
}

} // namespace jobfarm
