#pragma once

#include "messages/task.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace jobfarm::fetch {

/// Seconds to wait by the first `Retry-After` header of an answer received at
/// `now` (seconds since 1970): delay seconds or an HTTP date (RFC 9110
/// 10.2.3), past dates are 0. Nothing without a usable header.
std::optional<double> retry_after_s(const std::vector<http_header>& headers,
                                    std::int64_t now);

/// Seconds since 1970 of an HTTP date in any of the three forms of RFC 9110
/// 5.6.7 (IMF-fixdate, RFC 850, asctime).
std::optional<std::int64_t> parse_http_date(std::string_view text);

} // namespace jobfarm::fetch
