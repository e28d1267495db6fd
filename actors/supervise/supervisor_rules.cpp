#include "actors/supervise/supervisor_state.hpp"

#include <algorithm>
#include <utility>

// The other half of `supervisor_state`: what follows from an exit or a call.
// The functions follow do_restart, restart, add_restart and handle_call of
// OTP's supervisor.erl.

namespace jobfarm::supervise {

using status = child_status::kind;
using action = supervisor_action::kind;

void supervisor_state::handle(waiting& what, time_point now) {
  switch (what.what) {
    case waiting::kind::exit:
      if (auto* one = find_life(what.child, what.life);
          one && one->what == status::running)
        handle_exit(*one, what.why, now);
      break;
    case waiting::kind::try_again: handle_try_again(what.child, now); break;
    case waiting::kind::call: handle_call(what.ticket, what.request); break;
    case waiting::kind::stop: end(std::move(what.why)); break;
  }
}

void supervisor_state::handle_exit(record& ended, const exit_reason& why,
                                   time_point now) {
  auto kind = ended.spec.restart;
  if (kind == restart_kind::permanent
      || (kind == restart_kind::transient && !why.is_normal())) {
    count_and_restart(ended, now);
    return;
  }
  auto was_significant = ended.spec.is_significant;
  settle_stopped(ended.spec.id);
  if (is_auto_shutdown(was_significant))
    end({exit_reason::kind::shutdown});
}

bool supervisor_state::is_auto_shutdown(bool was_significant) const {
  if (!was_significant || flags_.auto_shutdown == auto_shutdown::never)
    return false;
  if (flags_.auto_shutdown == auto_shutdown::any_significant)
    return true;
  return std::none_of(
      children_.begin(), children_.end(), [](const record& one) {
        return one.spec.is_significant && one.what != status::stopped;
      });
}

void supervisor_state::handle_try_again(const std::string& child,
                                        time_point now) {
  auto* one = find(child);
  if (!one || one->what != status::restarting)
    return;
  if (std::exchange(one->is_counted, false))
    restart(*one);
  else
    count_and_restart(*one, now);
}

void supervisor_state::count_and_restart(record& child, time_point now) {
  if (!may_restart(now)) {
    settle_stopped(child.spec.id);
    end({exit_reason::kind::shutdown});
    return;
  }
  // A start that failed has had its pause already.
  if (child.what == status::restarting || pause().count() == 0) {
    restart(child);
    return;
  }
  child.what = status::restarting;
  child.is_counted = true;
  act(action::try_again, &child).delay = pause();
}

void supervisor_state::restart(record& child) {
  child.what = status::stopped;
  work_ = work{work::kind::restart};
  if (flags_.how == strategy::one_for_one) {
    work_->starts.push_back(child.spec.id);
    return;
  }
  auto first = flags_.how == strategy::one_for_all ? children_.data() : &child;
  for (auto* one = first; one != children_.data() + children_.size(); ++one) {
    if (one != &child)
      work_->stops.push_front(one->spec.id);
    // Also those that had ended: OTP starts every child that it kept.
    if (one->spec.restart != restart_kind::temporary)
      work_->starts.push_back(one->spec.id);
  }
}

/// Counts in whole seconds, both ends of the period included, as add_restart/1.
bool supervisor_state::may_restart(time_point now) {
  auto second =
      std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
  while (!restarts_.empty() && restarts_.back() < second - flags_.period)
    restarts_.pop_back();
  restarts_.push_front(second);
  return restarts_.size() <= static_cast<std::size_t>(flags_.intensity);
}

std::chrono::milliseconds supervisor_state::pause() const {
  auto wait = flags_.backoff.first;
  for (std::size_t i = 1; i < restarts_.size(); ++i) {
    if (wait >= flags_.backoff.longest)
      break;
    wait *= 2;
  }
  return std::min(wait, flags_.backoff.longest);
}

void supervisor_state::handle_call(std::uint64_t ticket,
                                   supervisor_call& request) {
  using kind = supervisor_call::kind;
  if (request.what == kind::start_child) {
    start_new(ticket, std::move(*request.spec));
    return;
  }
  auto* child = find(request.child);
  if (!child)
    reply(ticket, "not_found");
  else if (request.what == kind::terminate_child)
    terminate(ticket, *child);
  else if (child->what == status::restarting)
    reply(ticket, "restarting");
  else if (child->what == status::running)
    reply(ticket, "running");
  else if (request.what == kind::restart_child)
    start_again(ticket, *child);
  else
    remove(ticket, child->spec.id);
}

void supervisor_state::start_new(std::uint64_t ticket, child_spec spec) {
  if (auto good = validate(flags_, spec); !good) {
    reply(ticket, good.error().detail);
    return;
  }
  if (const auto* known = find(spec.id)) {
    reply(ticket, known->what == status::running ? "already_started"
                                                 : "already_present");
    return;
  }
  work_ = work{work::kind::call};
  work_->starts.push_back(spec.id);
  work_->ticket = ticket;
  work_->is_new = true;
  children_.push_back({std::move(spec)});
}

void supervisor_state::terminate(std::uint64_t ticket, record& child) {
  work_ = work{work::kind::call};
  work_->stops.push_back(child.spec.id);
  work_->ticket = ticket;
}

void supervisor_state::start_again(std::uint64_t ticket, record& child) {
  work_ = work{work::kind::call};
  work_->starts.push_back(child.spec.id);
  work_->ticket = ticket;
}

void supervisor_state::remove(std::uint64_t ticket, const std::string& child) {
  auto* one = find(child);
  children_.erase(children_.begin() + (one - children_.data()));
  reply(ticket, "ok");
}

} // namespace jobfarm::supervise
