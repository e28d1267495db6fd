#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jobfarm::text {

/// Seconds since 1970-01-01T00:00:00Z as RFC 3339 UTC with whole seconds
/// ("2026-11-24T10:00:00Z").
std::string format_utc(std::int64_t seconds);

/// Reads RFC 3339 / ISO 8601 date-times with `Z`, an offset or none (taken as
/// UTC), fractions ignored, and plain dates (midnight). Nothing for what is
/// not a possible date.
std::optional<std::int64_t> parse_utc(std::string_view text);

/// Seconds of the same time of day `months` calendar months before `seconds`;
/// the last day of a month where it has no such day.
std::int64_t months_before(std::int64_t seconds, int months);

} // namespace jobfarm::text
