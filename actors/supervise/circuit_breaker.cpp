#include "actors/supervise/circuit_breaker.hpp"

namespace jobfarm::supervise {

void circuit_breaker::become(circuit next) noexcept {
  state_ = next;
  is_probing_ = false;
  ++period_;
}

std::optional<circuit_breaker::time_point>
circuit_breaker::probe_at(const breaker_policy& policy) const noexcept {
  if (state_ != circuit::open)
    return std::nullopt;
  return opened_ + policy.open.ceiling(openings_ - 1);
}

circuit circuit_breaker::state(time_point now,
                               const breaker_policy& policy) const noexcept {
  auto probe = probe_at(policy);
  return probe && *probe <= now ? circuit::half_open : state_;
}

void circuit_breaker::look(time_point now,
                           const breaker_policy& policy) noexcept {
  if (state(now, policy) != state_)
    become(circuit::half_open);
}

bool circuit_breaker::may_admit(time_point now,
                                const breaker_policy& policy) const noexcept {
  auto as_it_is = state(now, policy);
  return as_it_is == circuit::closed
         || (as_it_is == circuit::half_open && !is_probing_);
}

std::optional<circuit_breaker::ticket>
circuit_breaker::admit(time_point now, const breaker_policy& policy) {
  look(now, policy);
  if (!may_admit(now, policy))
    return std::nullopt;
  is_probing_ = state_ == circuit::half_open;
  return period_;
}

circuit_breaker::ticket
circuit_breaker::witness(time_point now,
                         const breaker_policy& policy) noexcept {
  look(now, policy);
  return period_;
}

void circuit_breaker::succeeded(ticket admitted) {
  if (admitted != period_ || state_ == circuit::open)
    return;
  failures_ = 0;
  openings_ = 0;
  if (state_ == circuit::half_open)
    become(circuit::closed);
}

void circuit_breaker::failed(ticket admitted, time_point now,
                             const breaker_policy& policy) {
  if (admitted != period_ || state_ == circuit::open)
    return;
  if (state_ == circuit::half_open || ++failures_ >= policy.most_failures)
    open(now);
}

void circuit_breaker::open(time_point now) noexcept {
  become(circuit::open);
  opened_ = now;
  ++openings_;
}

void circuit_breaker::abandoned(ticket admitted) noexcept {
  if (admitted == period_)
    is_probing_ = false;
}

} // namespace jobfarm::supervise
