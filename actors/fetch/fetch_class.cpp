#include "actors/fetch/fetch_class.hpp"

namespace jobfarm::fetch {

namespace {

/// RFC 9110 15.5.9, RFC 8470 5.2, RFC 6585 4, and whatever a server or the
/// network before it (520 to 530) says of itself.
bool is_transient(std::int32_t status) {
  return status == 408 || status == 425 || status == 429 || status >= 500;
}

} // namespace

attempt_class classify_attempt(const attempt& one, const attempt_rules& rules) {
  if (one.failed)
    return recovery_of(*one.failed) == recovery_class::retryable
                   || *one.failed == errc::tls_failed
               ? attempt_class::retry
               : attempt_class::refused;
  if (one.status == 200)
    return one.body_bytes > 0 ? attempt_class::body : attempt_class::retry;
  if (is_transient(one.status))
    return attempt_class::retry;
  if (rules.is_blocked_transient && (one.status == 401 || one.status == 403))
    return attempt_class::retry;
  // RFC 9110 15.5.5 and 15.5.11.
  if (one.status == 404 || one.status == 410)
    return attempt_class::end_of_list;
  return rules.is_lenient ? attempt_class::end_of_list : attempt_class::refused;
}

} // namespace jobfarm::fetch
