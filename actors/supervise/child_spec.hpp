#pragma once

#include "messages/expected.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

/// What a supervisor is told: Erlang/OTP's words with OTP's meaning and
/// defaults (`supervisor`, stdlib of OTP 25). All of it is data.
namespace jobfarm::supervise {

/// Whom the end of one child takes along.
enum class strategy : std::uint8_t {
  one_for_one,  ///< nobody
  one_for_all,  ///< all children
  rest_for_one, ///< the children started after it
};

/// When a child that ended is started again.
enum class restart_kind : std::uint8_t {
  permanent, ///< always
  transient, ///< unless it ended as `normal` or one of the two `shutdown`s
  temporary, ///< never; it is forgotten, even where a sibling took it along
};

/// Whether the end of significant children ends the supervisor.
enum class auto_shutdown : std::uint8_t {
  never,
  any_significant,
  all_significant,
};

enum class child_type : std::uint8_t { worker, supervisor };

/// How a child is made to end. The default is OTP's for a worker; OTP gives a
/// supervisor `infinity`, which has to be said here.
struct shutdown_rule {
  enum class kind : std::uint8_t {
    brutal_kill, ///< killed at once
    timeout,     ///< asked, and killed after `limit`
    infinity,    ///< asked, and waited for; the choice for supervisors
  } what = kind::timeout;
  std::chrono::milliseconds limit{5000};
};

/// Why a child ended.
struct exit_reason {
  enum class kind : std::uint8_t {
    normal,
    shutdown,
    shutdown_detail, ///< OTP's `{shutdown, Term}`
    crash,
    killed, ///< by a signal that nobody can refuse
  } what = kind::normal;
  std::string detail = {};

  /// True for the ends after which a transient child stays ended.
  bool is_normal() const noexcept {
    return what == kind::normal || what == kind::shutdown
           || what == kind::shutdown_detail;
  }
};

/// One child. `factory` names the function that makes it, so that the same
/// specification starts it here or on another node.
struct child_spec {
  /// Unique among its siblings, not empty.
  std::string id;
  std::string factory;
  /// Handed to the factory as it is.
  std::string argument = {};
  restart_kind restart = restart_kind::permanent;
  shutdown_rule shutdown = {};
  child_type type = child_type::worker;
  bool is_significant = false;
};

/// Our addition to OTP, off by default: a pause before each restart. It
/// doubles with every restart of the period, from `first` up to `longest`;
/// siblings that a restart takes along run on until it ends. A pause longer
/// than the period means that intensity never gives up.
struct restart_backoff {
  std::chrono::milliseconds first{0};
  std::chrono::milliseconds longest{30'000};
};

/// What holds for all children of one supervisor.
struct supervisor_flags {
  strategy how = strategy::one_for_one;
  /// Restarts within `period` that are borne; one more, and it gives up.
  std::int32_t intensity = 1;
  std::chrono::seconds period{5};
  supervise::auto_shutdown auto_shutdown = auto_shutdown::never;
  restart_backoff backoff = {};
};

/// Checks everything before anything starts, as OTP does. Errors:
/// invalid_input, with the child and what is wrong with it.
expected<void> validate(const supervisor_flags& flags,
                        const std::vector<child_spec>& children);

/// Checks one child against the flags of its supervisor.
expected<void> validate(const supervisor_flags& flags, const child_spec& child);

} // namespace jobfarm::supervise
