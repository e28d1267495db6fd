#pragma once

#include "actors/supervise/backoff.hpp"
#include "actors/supervise/circuit_breaker.hpp"
#include "messages/failure.hpp"

#include <chrono>
#include <cstdint>
#include <map>

namespace jobfarm::supervise {

/// How often, and how long apart, a task is tried, and a host asked.
struct recovery_policy {
  std::int32_t most_attempts = 4;
  /// The same for single codes.
  std::map<errc, std::int32_t> attempts;
  std::chrono::milliseconds first_delay{500};
  std::chrono::milliseconds longest_delay{60'000};
  /// The most that a `Retry-After` can make us wait.
  std::chrono::seconds longest_retry_after{3600};
  /// How long a host is left alone whose robots.txt cannot be had.
  std::chrono::seconds robots_pause{60};
  /// Of each host.
  breaker_policy circuit;
  /// Refusals and openings of a host's circuit, without a good answer between
  /// them, after which its tasks are given up.
  std::int32_t most_refusals = 5;

  backoff delays() const noexcept {
    return {first_delay, longest_delay};
  }
  std::int32_t attempts_for(errc code) const;
};

/// Whether the page of a task can be loaded by a browser.
enum class browser_choice : std::uint8_t {
  forbidden, ///< by the configuration, or it is no page for one
  missing,   ///< no node has one
  possible,
  taken ///< that is how it was loaded
};

/// What is known of a task that has failed.
struct task_history {
  /// The try that failed now, 1 first.
  std::int32_t attempt = 1;
  /// In [0, 1): spreads the waits of tasks that failed together.
  double random = 0;
  /// The source is not asked again once it has refused.
  bool stops_when_blocked = false;
  browser_choice browser = browser_choice::forbidden;
};

/// What happens after a failure.
struct decision {
  /// True if the task will not be tried again.
  bool is_final() const noexcept {
    return what == kind::dead_letter || what == kind::give_up_host;
  }

  enum class kind : std::uint8_t {
    retry,       ///< try the task again after `delay`
    pause_host,  ///< the same, and nobody asks the host before that
    dead_letter, ///< give the task up, with its last failure as the reason
    give_up_host ///< the same, with all that waits for the host
  } what = kind::dead_letter;
  std::chrono::milliseconds delay{0};
  /// The wait is not ours: neither jitter nor the host's past change it.
  bool is_fixed = false;
  /// The host asked for more than `longest_retry_after`.
  bool is_capped = false;
  /// The next try is one by a browser.
  bool by_browser = false;
  /// It would be one, if any node had a browser.
  bool misses_browser = false;
};

/// True if a page was not asked for, as its host wanted to be left alone: that
/// was no attempt.
bool was_not_asked(const failure& why);

/// Decides about a task that has failed; waits are counted from now. Back-off
/// is capped exponential with full jitter; a usable `Retry-After` replaces it.
/// A page that stays a wall through all its attempts, or is not what its source
/// is known for (which scripts may make of it), is tried once by a browser.
decision decide(const failure& why, const task_history& of,
                const recovery_policy& policy);

/// What a failure says of the host that was asked.
enum class host_verdict : std::uint8_t {
  none,   ///< nothing: the failure is ours, or of this one page
  well,   ///< it answers, though not with what was wanted
  ailing, ///< it does not answer, or with errors or walls: its circuit counts
  refuses ///< it asks to be left alone for a time
};
host_verdict verdict_on_host(const failure& why);

} // namespace jobfarm::supervise
