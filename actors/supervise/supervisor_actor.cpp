#include "actors/supervise/supervisor_actor.hpp"

#include "actors/errors.hpp"

#include <utility>

namespace jobfarm {

namespace {

using supervise::supervisor_action;
using deadline_atom = caf::atom_constant<caf::atom("deadline")>;
using again_atom = caf::atom_constant<caf::atom("again")>;

supervise::exit_reason reason_of(const caf::error& error) {
  using kind = supervise::exit_reason::kind;
  if (!error || error == caf::exit_reason::normal)
    return {kind::normal};
  if (error == caf::exit_reason::user_shutdown)
    return {kind::shutdown};
  if (error == caf::exit_reason::kill)
    return {kind::killed};
  return {kind::crash, from_error(error).detail};
}

} // namespace

supervise::supervisor_state::time_point supervisor_actor_state::now() const {
  return self_->clock().now();
}

caf::behavior supervisor_actor_state::start(supervisor_config config) {
  config_ = std::move(config);
  state_ = std::make_unique<supervise::supervisor_state>(config_.flags,
                                                         config_.children);
  self_->set_exit_handler(
      [this](const caf::exit_msg& told) { on_exit(told); });
  self_->set_down_handler(
      [this](const caf::down_msg& told) { on_down(told); });
  self_->attach_functor([living = living_] {
    for (const auto& [address, child] : *living)
      caf::anon_send_exit(child.handle, caf::exit_reason::kill);
    living->clear();
  });
  obey(state_->boot(now()));
  return {
      [this](deadline_atom, const std::string& child, std::uint64_t life) {
        obey(state_->deadline_passed(child, life));
      },
      [this](again_atom, const std::string& child) {
        obey(state_->try_again(child, now()));
      },
  };
}

/// What is done may ask for more: that comes after what was asked before.
void supervisor_actor_state::obey(supervise::supervisor_actions actions) {
  pending_.insert(pending_.end(), std::make_move_iterator(actions.begin()),
                  std::make_move_iterator(actions.end()));
  if (std::exchange(is_obeying_, true))
    return;
  for (std::size_t i = 0; i < pending_.size(); ++i)
    obey(supervisor_action{pending_[i]});
  pending_.clear();
  is_obeying_ = false;
}

void supervisor_actor_state::obey(const supervisor_action& one) {
  using kind = supervisor_action::kind;
  switch (one.what) {
    case kind::start:
      obey(start_child(one.child, one.life));
      break;
    case kind::shutdown:
      end_child(one.life, caf::exit_reason::user_shutdown);
      if (one.limit)
        self_->delayed_send(self_, *one.limit, deadline_atom::value, one.child,
                            one.life);
      break;
    case kind::kill:
      end_child(one.life, caf::exit_reason::kill);
      break;
    case kind::try_again:
      if (one.delay.count() > 0)
        self_->delayed_send(self_, one.delay, again_atom::value, one.child);
      else
        self_->send(self_, again_atom::value, one.child);
      break;
    case kind::reply: // of calls, which no message makes
      break;
    case kind::escalate:
      end(one.reason);
      break;
  }
}

supervise::supervisor_actions
supervisor_actor_state::start_child(const std::string& child,
                                    std::uint64_t life) {
  const auto& spec = *state_->spec_of(child);
  auto factory = config_.factories.find(spec.factory);
  if (factory == config_.factories.end())
    return state_->start_failed(child, life, "no factory " + spec.factory,
                                now());
  auto made = factory->second(self_->system(), spec);
  if (!made) {
    last_cause_ = to_error(made.error());
    return state_->start_failed(child, life, made.error().detail, now());
  }
  if (!*made)
    return state_->start_ignored(child, life, now());
  (*living_)[made->address()] = {child, life, *made};
  // Of an actor that has ended by now, this tells at once.
  self_->monitor(*made);
  return state_->started(child, life, now());
}

void supervisor_actor_state::end_child(std::uint64_t life,
                                       caf::exit_reason how) {
  for (const auto& [address, child] : *living_)
    if (child.life == life)
      caf::anon_send_exit(child.handle, how);
}

void supervisor_actor_state::on_exit(const caf::exit_msg& told) {
  is_asked_to_end_ = true;
  obey(state_->stop(reason_of(told.reason), now()));
}

void supervisor_actor_state::on_down(const caf::down_msg& told) {
  auto found = living_->find(told.source);
  if (found == living_->end())
    return;
  auto child = std::move(found->second);
  living_->erase(found);
  auto why = reason_of(told.reason);
  if (!why.is_normal())
    last_cause_ = told.reason;
  config_.on_child_down(child.id, told.reason);
  obey(state_->exited(child.id, child.life, std::move(why), now()));
}

void supervisor_actor_state::end(const supervise::exit_reason& why) {
  config_.on_end(is_asked_to_end_ ? caf::error{} : last_cause_);
  self_->quit(why.what == supervise::exit_reason::kind::normal
                  ? caf::exit_reason::normal
                  : caf::exit_reason::user_shutdown);
}

caf::behavior
supervisor(caf::stateful_actor<supervisor_actor_state>* self,
           supervisor_config config) {
  return self->state.start(std::move(config));
}

} // namespace jobfarm
