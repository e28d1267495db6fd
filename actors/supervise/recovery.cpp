#include "actors/supervise/recovery.hpp"

#include <algorithm>
#include <cmath>

namespace jobfarm::supervise {

namespace {

using std::chrono::milliseconds;

milliseconds jittered(std::int32_t attempt, const recovery_policy& policy,
                      double random) {
  auto exponent = std::min(std::max(attempt - 1, 0), 30);
  auto ceiling = std::min(static_cast<double>(policy.first_delay.count())
                              * std::exp2(exponent),
                          static_cast<double>(policy.longest_delay.count()));
  return milliseconds{static_cast<std::int64_t>(ceiling * random)};
}

/// A wait of zero says nothing: back-off decides then.
bool has_usable_wait(const failure& why) {
  return why.retry_after_s && *why.retry_after_s > 0;
}

milliseconds asked_wait(const failure& why, const recovery_policy& policy) {
  auto most = static_cast<double>(policy.longest_retry_after.count());
  return milliseconds{
      static_cast<std::int64_t>(std::min(*why.retry_after_s, most) * 1000)};
}

} // namespace

decision decide(const failure& why, std::int32_t attempt,
                const recovery_policy& policy, double random) {
  using kind = decision::kind;
  if (recovery_of(why.code) != recovery_class::retryable
      || attempt >= policy.most_attempts)
    return {kind::dead_letter, milliseconds{0}};
  // A 4xx other than 408, 425 and 429 will not change by asking again.
  if (why.code == errc::http_error && why.status >= 400 && why.status < 500
      && why.status != 408 && why.status != 425 && why.status != 429)
    return {kind::dead_letter, milliseconds{0}};
  auto delay = has_usable_wait(why) ? asked_wait(why, policy)
                                    : jittered(attempt, policy, random);
  auto about_host = why.code == errc::rate_limited
                    || (why.status == 503 && has_usable_wait(why));
  return {about_host ? kind::pause_host : kind::retry, delay};
}

} // namespace jobfarm::supervise
