#pragma once

#include "messages/enum_names.hpp"
#include "messages/fields.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jobfarm {

/// What went wrong, in the words that errors, recovery policy, metrics and
/// audit share. The texts are those of the published record contract.
enum class errc : std::uint8_t {
  rate_limited,
  timeout,
  connect_failed,
  tls_failed,
  dns_failed,
  http_error,
  bot_detected,
  proxy_failed,
  robots_denied,
  blocked_address,
  too_large,
  bad_payload,
  schema_changed,
  not_found,
  auth_failed,
  provider_unavailable,
  budget_exceeded,
  node_lost,
  store_failed,
  cancelled,
  invalid_input,
  internal,
};

template <>
struct enum_names<errc> {
  static constexpr auto last = errc::internal;
  static constexpr std::string_view names[] = {
      "rate_limited",    "timeout",
      "connect_failed",  "tls_failed",
      "dns_failed",      "http_error",
      "bot_detected",    "proxy_failed",
      "robots_denied",   "blocked_address",
      "too_large",       "bad_payload",
      "schema_changed",  "not_found",
      "auth_failed",     "provider_unavailable",
      "budget_exceeded", "node_lost",
      "store_failed",    "cancelled",
      "invalid_input",   "internal",
  };
};

/// What a caller may do about a failure: try the same thing again, give this
/// one thing up, or stop altogether.
enum class recovery_class : std::uint8_t { retryable, permanent, fatal };

/// Returns the one judgement on `code` that all of the farm shares.
constexpr recovery_class recovery_of(errc code) noexcept {
  switch (code) {
    case errc::rate_limited:
    case errc::timeout:
    case errc::connect_failed:
    case errc::dns_failed:
    case errc::http_error:
    case errc::bot_detected:
    case errc::proxy_failed:
    case errc::node_lost:
    case errc::provider_unavailable:
    case errc::bad_payload: // cut off or garbled on its way, mostly
      return recovery_class::retryable;
    case errc::store_failed:
    case errc::internal: return recovery_class::fatal;
    default: return recovery_class::permanent;
  }
}

/// An operation that could not be done. `detail` gives the operation, the
/// subject and the cause; it never holds a secret or a whole page.
struct failure {
  errc code = errc::internal;
  std::string detail;
  /// HTTP status where the failure came from an answer, else 0.
  std::int32_t status = 0;
  /// Seconds the other side asked us to wait, where it did.
  std::optional<double> retry_after_s;

  static constexpr std::string_view record_name = "failure";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"code", self.code}, field{"message", self.detail},
                 field{"status", self.status},
                 field{"retry_after_s", self.retry_after_s});
  }
};

/// Returns `failure{code, detail}`; the shortest way to fail.
inline failure fail(errc code, std::string detail) {
  return {code, std::move(detail), 0, std::nullopt};
}

} // namespace jobfarm
