#pragma once

#include "actors/supervise/supervisor_state.hpp"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace jobfarm::test {

/// The processes that a `supervisor_state` believes in: they start, refuse to
/// start, end, and ignore being asked to. Time moves only by `wait`.
class supervisor_world {
public:
  using log = std::vector<std::vector<std::string>>;

  supervisor_world(supervise::supervisor_flags flags,
                   std::vector<supervise::child_spec> children)
      : state_(flags, std::move(children)) {
    obey(state_.boot(now_));
    settle();
  }

  void ignores_shutdown(const std::string& child) {
    ignoring_[child] = true;
  }
  void fail_next_starts(const std::string& child, int count) {
    failing_[child] = count;
  }
  void wait(std::chrono::milliseconds time) {
    now_ += time;
    settle();
  }

  /// Ends children before the supervisor looks at the first of them.
  void
  exit(const std::vector<std::pair<std::string, supervise::exit_reason>>& all) {
    for (const auto& [child, why] : all) {
      if (alive_.count(child) == 0)
        continue;
      log_.push_back({"exited", child, text_of(why)});
      mailbox_.push_back({child, alive_[child], why, false});
      alive_.erase(child);
    }
    settle();
  }

  std::string call(supervise::supervisor_call request) {
    result_.clear();
    obey(state_.call(++ticket_, std::move(request), now_));
    settle();
    return result_;
  }

  void stop() {
    obey(state_.stop({supervise::exit_reason::kind::shutdown}, now_));
    settle();
  }

  /// What happened since the last look.
  log happened() {
    return std::exchange(log_, {});
  }
  const supervise::supervisor_state& state() const {
    return state_;
  }
  const supervise::exit_reason& reason() const {
    return reason_;
  }
  /// Pauses that the supervisor asked for before it tries again.
  std::vector<std::chrono::milliseconds> pauses;

  static std::string text_of(const supervise::exit_reason& why) {
    static const char* const names[] = {"normal", "shutdown", "shutdown_detail",
                                        "crash", "killed"};
    return names[static_cast<int>(why.what)];
  }

private:
  using action = supervise::supervisor_action;
  using reason_kind = supervise::exit_reason::kind;

  struct message {
    std::string child;
    std::uint64_t life;
    supervise::exit_reason why;
    bool is_try_again;
  };

  void settle() {
    while (!mailbox_.empty()) {
      auto next = std::move(mailbox_.front());
      mailbox_.pop_front();
      obey(next.is_try_again
               ? state_.try_again(next.child, now_)
               : state_.exited(next.child, next.life, next.why, now_));
    }
  }

  void obey(const supervise::supervisor_actions& actions) {
    for (const auto& one : actions)
      obey(one);
  }

  void obey(const action& one) {
    switch (one.what) {
      case action::kind::start: start(one); break;
      case action::kind::shutdown: shutdown(one); break;
      case action::kind::kill: end(one, {reason_kind::killed}); break;
      case action::kind::try_again:
        pauses.push_back(one.delay);
        mailbox_.push_back({one.child, 0, {}, true});
        break;
      case action::kind::reply: result_ = one.result; break;
      case action::kind::escalate: reason_ = one.reason; break;
    }
  }

  void start(const action& one) {
    if (auto left = failing_.find(one.child);
        left != failing_.end() && left->second > 0) {
      --left->second;
      log_.push_back({"start_failed", one.child});
      obey(state_.start_failed(one.child, one.life, "start_failed", now_));
      return;
    }
    log_.push_back({"started", one.child});
    alive_[one.child] = one.life;
    obey(state_.started(one.child, one.life, now_));
  }

  void shutdown(const action& one) {
    if (alive_.count(one.child) == 0 || !ignoring_[one.child])
      end(one, {reason_kind::shutdown});
    else if (one.limit)
      obey(state_.deadline_passed(one.child, one.life));
  }

  void end(const action& one, const supervise::exit_reason& why) {
    if (alive_.erase(one.child) != 0)
      log_.push_back({"terminated", one.child, text_of(why)});
    obey(state_.exited(one.child, one.life, why, now_));
  }

  supervise::supervisor_state state_;
  supervise::supervisor_state::time_point now_{};
  std::deque<message> mailbox_;
  std::map<std::string, std::uint64_t> alive_;
  std::map<std::string, bool> ignoring_;
  std::map<std::string, int> failing_;
  log log_;
  std::string result_;
  supervise::exit_reason reason_;
  std::uint64_t ticket_ = 0;
};

} // namespace jobfarm::test
