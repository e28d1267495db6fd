#pragma once

#include "messages/task.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace jobfarm::fetch {

/// What the headers of an answer say of a rate limit, in the vendors' own
/// words: `RateLimit` and `RateLimit-Remaining/-Reset` (IETF
/// draft-ietf-httpapi-ratelimit-headers), `X-RateLimit-*`, `X-Rate-Limit-*`,
/// `Retry-After-Ms`.
struct rate_limit {
  /// Requests left until the reset; the least of several limits.
  std::optional<std::int64_t> remaining;
  /// Seconds until requests are left again, never negative; the longest of
  /// several limits. Times in the past are 0.
  std::optional<double> reset_s;
};

/// Reads them from an answer received at `now` (seconds since 1970). What
/// cannot be read is left out.
rate_limit rate_limit_of(const std::vector<http_header>& headers,
                         std::int64_t now);

/// Seconds that an answer of `status` asks us to wait: by `Retry-After` if it
/// says more than 0, else by the vendor's reset time if requests are refused
/// (429, 503) or none is left. Nothing if it asks for nothing.
std::optional<double> wait_asked_s(std::int32_t status,
                                   const std::vector<http_header>& headers,
                                   std::int64_t now);

} // namespace jobfarm::fetch
