#pragma once

#include "actors/normalize/date_ages.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace jobfarm::normalize {

struct named_day {
  /// Since 1970 UTC, midnight.
  std::int64_t seconds = 0;
  /// "Last Monday": that day or one before.
  bool is_bound = false;
};

/// Reads a day named by its weekday alone ("Monday", "Posted on Friday",
/// "Montag"): the last such day before the day of `fetched`. Nothing on that
/// very weekday, which may be today or a week ago.
std::optional<named_day> named_weekday(const std::vector<date_token>& tokens,
                                       std::int64_t fetched);

/// Reads "last week", "letzten Monat", "l'année dernière": the last day of that
/// week, month or year, which says no day but a bound. `folded` is the whole
/// text by `fold_ascii`. Seconds since 1970 UTC.
std::optional<std::int64_t> end_of_last_span(std::string_view folded,
                                             std::int64_t fetched);

} // namespace jobfarm::normalize
