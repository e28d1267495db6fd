#pragma once

#include "actors/supervise/backoff.hpp"
#include "messages/event.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace jobfarm::supervise {

/// When a circuit opens, and for how long.
struct breaker_policy {
  /// Failures in a row that open it, at least 1.
  std::int32_t most_failures = 10;
  /// How long it stays open: longer with each opening that no success has
  /// followed.
  backoff open{std::chrono::seconds{2}, std::chrono::seconds{60}};
};

/// Keeps calls away from whom they cannot help: closed, open, half-open with
/// one probe, as in Nygard, "Release It!". Time is an argument. What a call
/// reports counts for the state in which it was admitted: the late success of
/// a call from before the opening does not close it.
class circuit_breaker {
public:
  using time_point = std::chrono::steady_clock::time_point;
  /// Names the period, between two changes of state, that admitted a call.
  using ticket = std::uint32_t;

  /// True if a call may go now; `admit` will let it.
  bool may_admit(time_point now, const breaker_policy& policy) const noexcept;

  /// Lets a call go; nothing if the circuit refuses it.
  std::optional<ticket> admit(time_point now, const breaker_policy& policy);

  void succeeded(ticket admitted);
  void failed(ticket admitted, time_point now, const breaker_policy& policy);
  /// A call ended without a word on the other side: a probe may go again.
  void abandoned(ticket admitted) noexcept;

  /// The ticket of what is reported by others than the caller: it counts for
  /// the state as it is at `now`.
  ticket witness(time_point now, const breaker_policy& policy) noexcept;

  circuit state(time_point now, const breaker_policy& policy) const noexcept;
  /// When an open circuit takes its probe; nothing unless it is open.
  std::optional<time_point>
  probe_at(const breaker_policy& policy) const noexcept;

  /// True while a probe is under way: nothing else may go.
  bool awaits_probe() const noexcept {
    return state_ == circuit::half_open && is_probing_;
  }

  /// Failures in a row while it was last closed.
  std::int32_t failures() const noexcept {
    return failures_;
  }
  /// Openings since the last success.
  std::int32_t openings() const noexcept {
    return openings_;
  }

private:
  void become(circuit next) noexcept;
  /// Half-open once the time has come.
  void look(time_point now, const breaker_policy& policy) noexcept;
  void open(time_point now) noexcept;

  circuit state_ = circuit::closed;
  bool is_probing_ = false;
  ticket period_ = 0;
  std::int32_t failures_ = 0;
  std::int32_t openings_ = 0;
  time_point opened_{};
};

} // namespace jobfarm::supervise
