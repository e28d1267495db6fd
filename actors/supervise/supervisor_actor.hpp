#pragma once

#include "actors/supervise/supervisor_state.hpp"
#include "messages/expected.hpp"

#include <caf/all.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace jobfarm {

/// Makes a child by its specification. The null handle means that there is
/// nothing to run, OTP's `ignore`. Runs on the supervisor: it must not block.
using child_factory = std::function<expected<caf::actor>(
    caf::actor_system&, const supervise::child_spec&)>;

/// What specifications name.
using factory_table = std::map<std::string, child_factory>;

struct supervisor_config {
  supervise::supervisor_flags flags;
  std::vector<supervise::child_spec> children;
  factory_table factories;
  /// Hears which child has ended and why, whatever becomes of it.
  std::function<void(const std::string& child, const caf::error& why)>
      on_child_down = [](const std::string&, const caf::error&) {};
  /// Hears that the supervisor ends, before it does: `cause` is what its last
  /// child died of; nothing where it was asked to end.
  std::function<void(const caf::error& cause)> on_end =
      [](const caf::error&) {};
};

/// Starts, watches, restarts and stops actors as `supervisor_state` decides;
/// nothing is decided here. An exit message is the request to stop the children
/// from right to left and end; with a supervisor that is killed they are killed.
/// They are monitored and not linked, because CAF makes the end of a killed
/// actor fatal for all that are linked to it.
///
/// How exit reasons of CAF are read: `none` and `normal` as normal,
/// `user_shutdown` as shutdown, `kill` as killed, all else as a crash. A
/// supervisor that gives up ends with `user_shutdown`, as OTP's with
/// `shutdown`; `on_end` has the cause.
class supervisor_actor_state {
public:
  static inline const char* name = "supervisor";

  explicit supervisor_actor_state(caf::event_based_actor* self)
      : self_(self) {
  }

  caf::behavior start(supervisor_config config);

private:
  struct living_child {
    std::string id;
    std::uint64_t life = 0;
    /// Nobody else may hold it.
    caf::actor handle;
  };

  supervise::supervisor_state::time_point now() const;
  void obey(supervise::supervisor_actions actions);
  void obey(const supervise::supervisor_action& one);
  supervise::supervisor_actions start_child(const std::string& child,
                                            std::uint64_t life);
  void end_child(std::uint64_t life, caf::exit_reason how);
  void on_down(const caf::down_msg& told);
  void on_exit(const caf::exit_msg& told);
  void end(const supervise::exit_reason& why);

  caf::event_based_actor* self_;
  supervisor_config config_;
  std::unique_ptr<supervise::supervisor_state> state_;
  /// Shared with what cleans up when the supervisor has ended.
  std::shared_ptr<std::map<caf::actor_addr, living_child>> living_ =
      std::make_shared<std::map<caf::actor_addr, living_child>>();
  supervise::supervisor_actions pending_;
  bool is_obeying_ = false;
  bool is_asked_to_end_ = false;
  caf::error last_cause_;
};

/// The children must be valid, see `supervise::validate`.
caf::behavior
supervisor(caf::stateful_actor<supervisor_actor_state>* self,
           supervisor_config config);

} // namespace jobfarm
