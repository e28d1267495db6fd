#pragma once

#include <string_view>

namespace jobfarm::normalize {

/// Periods in a year by the record contract: 2080 hours, 260 days, 52 weeks,
/// 12 months. `period` is one of the record's words; 0 for any other.
double periods_per_year(std::string_view period);

/// The record's word for a period as sources write it: "Yr", "per_week",
/// "per-year-salary", "1 MONTH", "HOURLY", "HUR", "miesięcznie"; else empty.
std::string_view pay_period_of(std::string_view text);

/// The period that a bare amount has by custom, where only one is plausible;
/// else empty. Source: the project's table of pay customs by currency.
std::string_view customary_period(double amount, std::string_view currency);

} // namespace jobfarm::normalize
