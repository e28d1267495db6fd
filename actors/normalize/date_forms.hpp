#pragma once

#include "actors/normalize/date_ages.hpp"
#include "actors/normalize/date_order.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace jobfarm::normalize {

/// A date in seconds since 1970 UTC, or that it is no later than `before`; of
/// both nothing for no date.
struct date_reading {
  std::optional<std::int64_t> at;
  std::optional<std::int64_t> before;
};

/// Reads a date as people write it: "Fri, 26 Mar 2021 06:30:11 GMT", "May 29,
/// 2025", "Posted 11/20/2019 08:55:24 AM", "20.11.2019", "2025年5月29日". Of
/// two ways to read numbers the one that lies after `latest` (seconds since
/// 1970), when the page was fetched, is none; else dots or `order` tell, else
/// the later one is a bound. `folded` is the whole text by `fold_ascii`,
/// `tokens` its words and numbers.
date_reading written_date(std::string_view folded,
                          const std::vector<date_token>& tokens,
                          std::optional<std::int64_t> latest, date_order order);

/// Reads a day without a year ("Nov 15", "15. Mai"): the last one that is not
/// after `latest`.
std::optional<std::int64_t> day_of_year(const std::vector<date_token>& tokens,
                                        std::int64_t latest);

} // namespace jobfarm::normalize
