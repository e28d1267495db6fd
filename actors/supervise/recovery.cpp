#include "actors/supervise/recovery.hpp"

#include <algorithm>

namespace jobfarm::supervise {

namespace {

using std::chrono::milliseconds;

/// RFC 9110 15.5 and 15.6: a request that is wrong, or asks for what a server
/// does not do, stays so. 408, 425 and 429 ask to be tried again.
bool is_final_status(std::int32_t status) {
  if (status == 408 || status == 425 || status == 429)
    return false;
  return (status >= 400 && status < 500) || status == 501 || status == 505;
}

/// RFC 9309 2.3.1.4: a robots.txt that a server cannot give now denies all,
/// for now.
bool is_robots_unreachable(const failure& why) {
  return why.code == errc::robots_denied && why.status >= 500;
}

bool is_worth_a_retry(const failure& why) {
  if (is_robots_unreachable(why))
    return true;
  return recovery_of(why.code) == recovery_class::retryable
         && !(why.code == errc::http_error && is_final_status(why.status));
}

bool is_refusal(errc code) {
  return code == errc::bot_detected || code == errc::rate_limited
         || code == errc::auth_failed;
}

/// What a browser, which runs the page's scripts, may see more of.
bool may_fill_itself(errc code) {
  return code == errc::bot_detected || code == errc::schema_changed;
}

/// A wait of zero says nothing: back-off decides then.
bool has_usable_wait(const failure& why) {
  return why.retry_after_s && *why.retry_after_s > 0;
}

/// For as long as the failure says.
decision wait_as_asked(decision::kind what, const failure& why,
                       const recovery_policy& policy) {
  auto most = static_cast<double>(policy.longest_retry_after.count());
  decision made;
  made.what = what;
  made.delay = milliseconds{
      static_cast<std::int64_t>(std::min(*why.retry_after_s, most) * 1000)};
  made.is_fixed = true;
  made.is_capped = *why.retry_after_s > most;
  return made;
}

/// Nothing cheaper helps: a browser, or the end.
decision last_resort(const failure& why, const task_history& of,
                     const recovery_policy& policy) {
  decision made;
  if (!may_fill_itself(why.code))
    return made;
  made.misses_browser = of.browser == browser_choice::missing;
  if (of.browser != browser_choice::possible)
    return made;
  made.what = decision::kind::retry;
  made.delay = policy.delays().delay(of.attempt - 1, of.random);
  made.by_browser = true;
  return made;
}

} // namespace

bool was_not_asked(const failure& why) {
  return why.code == errc::budget_exceeded && has_usable_wait(why);
}

std::int32_t recovery_policy::attempts_for(errc code) const {
  auto own = attempts.find(code);
  return own == attempts.end() ? most_attempts : own->second;
}

host_verdict verdict_on_host(const failure& why) {
  switch (why.code) {
    case errc::rate_limited: return host_verdict::refuses;
    case errc::timeout:
    case errc::connect_failed:
    case errc::tls_failed:
    case errc::dns_failed:
    case errc::bot_detected:
    case errc::schema_changed: return host_verdict::ailing;
    case errc::http_error:
      return has_usable_wait(why) && why.status == 503 ? host_verdict::refuses
             : why.status >= 500                       ? host_verdict::ailing
                                                       : host_verdict::well;
    case errc::robots_denied:
      return is_robots_unreachable(why) ? host_verdict::refuses
                                        : host_verdict::none;
    case errc::not_found: return host_verdict::well;
    default: return host_verdict::none;
  }
}

decision decide(const failure& why, const task_history& of,
                const recovery_policy& policy) {
  decision made;
  if (of.stops_when_blocked && is_refusal(why.code)) {
    made.what = decision::kind::give_up_host;
    return made;
  }
  if (was_not_asked(why))
    return wait_as_asked(decision::kind::retry, why, policy);
  if (!is_worth_a_retry(why) || of.attempt >= policy.attempts_for(why.code))
    return last_resort(why, of, policy);
  auto is_about_host = verdict_on_host(why) == host_verdict::refuses;
  if (is_about_host && has_usable_wait(why))
    return wait_as_asked(decision::kind::pause_host, why, policy);
  made.what = is_about_host ? decision::kind::pause_host
                            : decision::kind::retry;
  made.delay = policy.delays().delay(of.attempt - 1, of.random);
  if (is_robots_unreachable(why)) {
    made.delay = policy.robots_pause;
    made.is_fixed = true;
  }
  return made;
}

} // namespace jobfarm::supervise
