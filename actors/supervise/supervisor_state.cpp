#include "actors/supervise/supervisor_state.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::supervise {

using status = child_status::kind;
using action = supervisor_action::kind;

supervisor_state::supervisor_state(supervisor_flags flags,
                                   std::vector<child_spec> children)
    : flags_(flags) {
  for (auto& one : children)
    children_.push_back({std::move(one)});
}

// -- what is told -------------------------------------------------------------

supervisor_actions supervisor_state::boot(time_point now) {
  work_ = work{work::kind::boot};
  for (const auto& one : children_)
    work_->starts.push_back(one.spec.id);
  advance(now);
  return taken();
}

supervisor_actions supervisor_state::started(const std::string& child,
                                             std::uint64_t life,
                                             time_point now) {
  auto* one = find_life(child, life);
  if (!one || awaited_ != life)
    return {};
  one->what = status::running;
  awaited_ = 0;
  advance(now);
  return taken();
}

supervisor_actions supervisor_state::start_ignored(const std::string& child,
                                                   std::uint64_t life,
                                                   time_point now) {
  if (!find_life(child, life) || awaited_ != life)
    return {};
  awaited_ = 0;
  settle_stopped(child);
  advance(now);
  return taken();
}

supervisor_actions supervisor_state::start_failed(const std::string& child,
                                                  std::uint64_t life,
                                                  const std::string& why,
                                                  time_point now) {
  auto* one = find_life(child, life);
  if (!one || awaited_ != life)
    return {};
  awaited_ = 0;
  fail_start(*one, why);
  advance(now);
  return taken();
}

supervisor_actions supervisor_state::exited(const std::string& child,
                                            std::uint64_t life, exit_reason why,
                                            time_point now) {
  auto* one = find_life(child, life);
  if (!one || one->what != status::running)
    return {};
  if (awaited_ == life) {
    awaited_ = 0;
    settle_stopped(child);
    advance(now);
  } else {
    tell({waiting::kind::exit, child, life, std::move(why)}, now);
  }
  return taken();
}

supervisor_actions supervisor_state::deadline_passed(const std::string& child,
                                                     std::uint64_t life) {
  const auto* one = find_life(child, life);
  if (one && awaited_ == life && one->what == status::running)
    act(action::kill, one);
  return taken();
}

supervisor_actions supervisor_state::try_again(const std::string& child,
                                               time_point now) {
  tell({waiting::kind::try_again, child}, now);
  return taken();
}

supervisor_actions supervisor_state::call(std::uint64_t ticket,
                                          supervisor_call request,
                                          time_point now) {
  tell({waiting::kind::call, {}, 0, {}, ticket, std::move(request)}, now);
  return taken();
}

supervisor_actions supervisor_state::stop(exit_reason why, time_point now) {
  tell({waiting::kind::stop, {}, 0, std::move(why)}, now);
  return taken();
}

// -- what is answered ---------------------------------------------------------

std::vector<child_status> supervisor_state::children() const {
  std::vector<child_status> all;
  for (const auto& one : children_)
    all.push_back({one.spec.id, one.what, one.spec.type});
  return all;
}

const child_spec* supervisor_state::spec_of(const std::string& child) const {
  for (const auto& one : children_)
    if (one.spec.id == child)
      return &one.spec;
  return nullptr;
}

// -- one thing at a time ------------------------------------------------------

supervisor_state::record* supervisor_state::find(const std::string& child) {
  for (auto& one : children_)
    if (one.spec.id == child)
      return &one;
  return nullptr;
}

supervisor_state::record* supervisor_state::find_life(const std::string& child,
                                                      std::uint64_t life) {
  auto* one = find(child);
  return one && one->life == life ? one : nullptr;
}

void supervisor_state::tell(waiting what, time_point now) {
  if (has_ended_) {
    if (what.what == waiting::kind::call)
      reply(what.ticket, "noproc");
    return;
  }
  mailbox_.push_back(std::move(what));
  advance(now);
}

void supervisor_state::advance(time_point now) {
  while (!has_ended_ && awaited_ == 0) {
    if (work_) {
      if (!next_stop() && !next_start())
        finish_work();
    } else if (!mailbox_.empty()) {
      auto next = std::move(mailbox_.front());
      mailbox_.pop_front();
      handle(next, now);
    } else {
      break;
    }
  }
}

/// Takes one child down. False if there is none left to take down.
bool supervisor_state::next_stop() {
  if (work_->stops.empty())
    return false;
  auto child = std::move(work_->stops.front());
  work_->stops.pop_front();
  auto* one = find(child);
  if (!one)
    return true;
  // It ended by itself already, and nobody has looked yet.
  auto told =
      std::find_if(mailbox_.begin(), mailbox_.end(), [&](const waiting& item) {
        return item.what == waiting::kind::exit && item.life == one->life;
      });
  if (one->what != status::running || told != mailbox_.end()) {
    if (told != mailbox_.end())
      mailbox_.erase(told);
    settle_stopped(child);
    return true;
  }
  awaited_ = one->life;
  const auto& rule = one->spec.shutdown;
  if (rule.what == shutdown_rule::kind::brutal_kill) {
    act(action::kill, one);
    return true;
  }
  auto& request = act(action::shutdown, one);
  if (rule.what == shutdown_rule::kind::timeout)
    request.limit = rule.limit;
  return true;
}

/// Starts one child. False if there is none left to start.
bool supervisor_state::next_start() {
  if (work_->starts.empty())
    return false;
  auto* one = find(work_->starts.front());
  work_->starts.pop_front();
  if (!one)
    return true;
  one->life = next_life_++;
  awaited_ = one->life;
  act(action::start, one);
  return true;
}

void supervisor_state::finish_work() {
  auto done = std::move(*work_);
  work_.reset();
  if (done.what == work::kind::call)
    reply(done.ticket, "ok");
  if (done.what != work::kind::end)
    return;
  has_ended_ = true;
  children_.clear();
  act(action::escalate, nullptr).reason = std::move(done.why);
  for (const auto& item : mailbox_)
    if (item.what == waiting::kind::call)
      reply(item.ticket, "noproc");
  mailbox_.clear();
}

void supervisor_state::fail_start(record& child, const std::string& why) {
  auto failed = std::move(*work_);
  work_.reset();
  switch (failed.what) {
    case work::kind::boot:
      end({exit_reason::kind::shutdown_detail,
           "failed to start child '" + child.spec.id + "': " + why});
      break;
    case work::kind::restart:
      child.what = status::restarting;
      child.is_counted = false;
      act(action::try_again, &child).delay = pause();
      break;
    default:
      if (failed.is_new)
        children_.pop_back();
      reply(failed.ticket, why);
  }
}

void supervisor_state::settle_stopped(const std::string& child) {
  auto* one = find(child);
  one->what = status::stopped;
  one->is_counted = false;
  if (one->spec.restart == restart_kind::temporary)
    children_.erase(children_.begin() + (one - children_.data()));
}

void supervisor_state::end(exit_reason why) {
  work_ = work{work::kind::end};
  work_->why = std::move(why);
  for (auto one = children_.rbegin(); one != children_.rend(); ++one)
    work_->stops.push_back(one->spec.id);
}

void supervisor_state::reply(std::uint64_t ticket, std::string result) {
  auto& answer = act(action::reply, nullptr);
  answer.ticket = ticket;
  answer.result = std::move(result);
}

supervisor_action& supervisor_state::act(supervisor_action::kind what,
                                         const record* child) {
  auto& one = actions_.emplace_back();
  one.what = what;
  if (child) {
    one.child = child->spec.id;
    one.life = child->life;
  }
  return one;
}

supervisor_actions supervisor_state::taken() {
  return std::exchange(actions_, {});
}

} // namespace jobfarm::supervise
