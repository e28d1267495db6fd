#pragma once

#include "nodes/gateway/api_request.hpp"
#include "nodes/gateway/problem.hpp"
#include "nodes/gateway/rate_limit.hpp"
#include "nodes/gateway/tokens.hpp"

#include <mutex>
#include <optional>
#include <variant>

namespace jobfarm::nodes::gateway {

/// Lets requests in: tells who asks, whether they may, and whether they asked
/// too often. Safe from any thread.
class guard {
public:
  guard(token_table tokens, std::int64_t requests_per_minute,
        std::int64_t failures_per_minute);

  /// Who sent the request, or the 401 or 429 to answer. RFC 6750 3.
  std::variant<token_entry, problem> identify(const server_request& request,
                                              rate_limit::time_point now);

  /// The 403 to answer if `who` may not do `what` (RFC 6750 3.1).
  static std::optional<problem> deny(const token_entry& who, permission what);

  /// Counts a request; the 429 to answer if it is one too many. The headers of
  /// draft-ietf-httpapi-ratelimit-headers-10 go into `headers`.
  std::optional<problem> meter(const token_entry& who,
                               rate_limit::time_point now,
                               std::vector<http_header>& headers);

private:
  problem refuse(const std::string& peer, problem answer,
                 rate_limit::time_point now);

  token_table tokens_;
  std::mutex mutex_;
  rate_limit requests_;
  rate_limit failures_;
};

} // namespace jobfarm::nodes::gateway
