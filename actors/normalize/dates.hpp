#pragma once

#include "actors/normalize/date_order.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jobfarm::normalize {

/// When a posting was published, as far as a source says.
struct posted_date {
  /// RFC 3339 UTC; days without a time are midnight. Empty if unknown.
  std::string at;
  /// "30+ days ago", "last month", "02/03/2026" where nothing tells the order:
  /// no later than this; empty if that is not said.
  std::string before;
};

/// Reads a date in any form that sources send: ISO 8601, RFC 1123, epoch
/// seconds or milliseconds, "11/20/2019 08:55:24 AM", "20.11.2019", "May 29,
/// 2025", "3 days ago" and the like in the main languages of job sites, counted
/// from `fetched_at` (RFC 3339). A date over a day after `fetched_at` is none.
/// `order` is the custom of the posting's place.
posted_date parse_posted(std::string_view text, std::string_view fetched_at,
                         date_order order = date_order::unknown);

/// Seconds since 1970 UTC of ISO 8601 (without an offset UTC) or of an epoch in
/// seconds or milliseconds; nothing for what is no time.
std::optional<std::int64_t> exact_time(std::string_view text);

} // namespace jobfarm::normalize
