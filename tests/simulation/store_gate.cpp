#include "tests/simulation/store_gate.hpp"

#include "actors/errors.hpp"
#include "tests/simulation/ledger_check.hpp"

namespace jobfarm::simulation {

void store_gate_state::start(stage& on, std::shared_ptr<const bool> is_alive) {
  on_ = &on;
  is_alive_ = std::move(is_alive);
}

caf::result<atom::done>
store_gate_state::on_batch(const store::shared_batch& changes) {
  auto answer = self_->make_response_promise<atom::done>();
  queue_.push_back({changes, answer, {}});
  if (queue_.size() == 1)
    write_next();
  return answer;
}

void store_gate_state::write_next() {
  auto& luck = on_->luck;
  auto takes = luck.chance(on_->bad.slow_write)
                   ? luck.between(milliseconds{50}, milliseconds{3000})
                   : luck.between(milliseconds{0}, milliseconds{3});
  self_->delayed_send(self_, takes, atom::tick::value);
}

void store_gate_state::on_tick() {
  if (!*is_alive_)
    return;
  auto& first = queue_.front();
  if (!first.done) {
    if (on_->luck.chance(on_->bad.write_failure))
      first.done.emplace(fail(errc::store_failed, "the disk says no"));
    else
      first.done.emplace(on_->disk->commit(*first.changes));
    return write_next();
  }
  if (*first.done)
    first.answer.deliver(atom::done::value);
  else
    first.answer.deliver(to_error(first.done->error()));
  queue_.pop_front();
  if (!queue_.empty())
    write_next();
}

store_gate_actor::behavior_type
store_gate(store_gate_actor::stateful_pointer<store_gate_state> self,
           stage* on,
           std::shared_ptr<const bool> is_alive) {
  self->state.start(*on, std::move(is_alive));
  return {
      [self](const store::shared_batch& changes) {
        return self->state.on_batch(changes);
      },
      [self](atom::tick) { self->state.on_tick(); },
  };
}

} // namespace jobfarm::simulation
