#pragma once

#include "actors/supervise/child_spec.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm::supervise {

/// What a supervisor wants done; in the order given.
struct supervisor_action {
  enum class kind : std::uint8_t {
    start,     ///< make the child; answer with `started` or its siblings
    shutdown,  ///< ask the child to end; tell `deadline_passed` after `limit`
    kill,      ///< end the child without asking
    try_again, ///< call `try_again` after `delay`, through the mailbox
    reply,     ///< answer call `ticket` with `result`
    escalate,  ///< end with `reason`: nothing runs any more
  } what = kind::start;
  std::string child = {};
  /// Which life of the child is meant; goes back with what is told of it.
  std::uint64_t life = 0;
  /// For `shutdown`: how long to wait; nothing for ever.
  std::optional<std::chrono::milliseconds> limit = {};
  std::chrono::milliseconds delay{0};
  std::uint64_t ticket = 0;
  std::string result = {};
  exit_reason reason = {};
};
using supervisor_actions = std::vector<supervisor_action>;

/// A question to a supervisor that changes its children.
struct supervisor_call {
  enum class kind : std::uint8_t {
    start_child,
    terminate_child,
    restart_child,
    delete_child,
  } what = kind::terminate_child;
  std::string child;
  /// Required for `start_child`, and for that only.
  std::optional<child_spec> spec = {};
};

/// A child as it is listed.
struct child_status {
  enum class kind : std::uint8_t { running, restarting, stopped };
  std::string id;
  kind what = kind::stopped;
  child_type type = child_type::worker;
};

/// What Erlang/OTP's `supervisor` decides (lib/stdlib/src/supervisor.erl),
/// without the processes. One thing is done at a time: whatever is told while
/// children are being stopped or started waits its turn, in the order it came.
/// A failed restart is not repeated in place but asked for by `try_again`, so
/// that waiting requests are heard first; each counts against the intensity.
///
/// Results of calls are OTP's: `ok`, `not_found`, `running`, `restarting`,
/// `already_started`, `already_present`, `noproc` (the supervisor has ended),
/// or why the start failed.
class supervisor_state {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// Both must be valid, see `validate`.
  supervisor_state(supervisor_flags flags, std::vector<child_spec> children);

  /// Starts the children from left to right. If one fails, those before it
  /// are stopped, and the supervisor escalates.
  supervisor_actions boot(time_point now);

  supervisor_actions started(const std::string& child, std::uint64_t life,
                             time_point now);
  /// The factory said that there is nothing to run; OTP's `ignore`.
  supervisor_actions start_ignored(const std::string& child, std::uint64_t life,
                                   time_point now);
  supervisor_actions start_failed(const std::string& child, std::uint64_t life,
                                  const std::string& why, time_point now);
  /// A child has ended, for whatever cause. Of a life that is over already,
  /// it says nothing.
  supervisor_actions exited(const std::string& child, std::uint64_t life,
                            exit_reason why, time_point now);
  /// The time that the child was given to end is over.
  supervisor_actions deadline_passed(const std::string& child,
                                     std::uint64_t life);
  supervisor_actions try_again(const std::string& child, time_point now);
  supervisor_actions call(std::uint64_t ticket, supervisor_call request,
                          time_point now);
  /// Stops the children from right to left, then escalates with `why`.
  supervisor_actions stop(exit_reason why, time_point now);

  /// In start order.
  std::vector<child_status> children() const;
  /// The specification of a child that is listed, else null.
  const child_spec* spec_of(const std::string& child) const;
  bool has_ended() const noexcept {
    return has_ended_;
  }

private:
  struct record {
    child_spec spec;
    child_status::kind what = child_status::kind::stopped;
    std::uint64_t life = 0;
    /// The restart that is due was counted when the child ended.
    bool is_counted = false;
  };
  struct waiting {
    enum class kind : std::uint8_t { exit, try_again, call, stop } what;
    std::string child = {};
    std::uint64_t life = 0;
    exit_reason why = {};
    std::uint64_t ticket = 0;
    supervisor_call request = {};
  };
  /// What is being done: first all stops, then all starts.
  struct work {
    enum class kind : std::uint8_t { boot, restart, call, end } what;
    std::deque<std::string> stops = {};
    std::deque<std::string> starts = {};
    std::uint64_t ticket = 0;
    /// Of `end`: with which reason.
    exit_reason why = {};
    /// Of `call`: the child is not known before it runs.
    bool is_new = false;
  };

  record* find(const std::string& child);
  /// The record whose current life is `life`, else null.
  record* find_life(const std::string& child, std::uint64_t life);
  void tell(waiting what, time_point now);
  void handle(waiting& what, time_point now);
  void handle_exit(record& ended, const exit_reason& why, time_point now);
  void handle_try_again(const std::string& child, time_point now);
  void handle_call(std::uint64_t ticket, supervisor_call& request);
  void start_new(std::uint64_t ticket, child_spec spec);
  void terminate(std::uint64_t ticket, record& child);
  void start_again(std::uint64_t ticket, record& child);
  void remove(std::uint64_t ticket, const std::string& child);
  bool is_auto_shutdown(bool was_significant) const;
  /// Counts a restart and does it now, later or never.
  void count_and_restart(record& child, time_point now);
  void restart(record& child);
  bool may_restart(time_point now);
  std::chrono::milliseconds pause() const;
  void end(exit_reason why);
  /// Goes on with the work, then with what waits.
  void advance(time_point now);
  /// True if the step has to be waited for.
  bool next_stop();
  bool next_start();
  void finish_work();
  void fail_start(record& child, const std::string& why);
  /// A child is down: a temporary one is forgotten.
  void settle_stopped(const std::string& child);
  void reply(std::uint64_t ticket, std::string result);
  supervisor_action& act(supervisor_action::kind what, const record* child);
  supervisor_actions taken();

  supervisor_flags flags_;
  std::vector<record> children_;
  std::deque<waiting> mailbox_;
  std::optional<work> work_;
  /// Whole seconds, newest first, as OTP counts them.
  std::deque<std::chrono::seconds> restarts_;
  supervisor_actions actions_;
  std::uint64_t next_life_ = 1;
  /// The step that is being waited for, as the child's life; 0 if none.
  std::uint64_t awaited_ = 0;
  bool has_ended_ = false;
};

} // namespace jobfarm::supervise
