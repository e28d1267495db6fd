#pragma once

#include <optional>
#include <string_view>

namespace jobfarm::normalize {

/// Day of the rates, RFC 3339 date.
constexpr std::string_view fx_date = "2026-09-29";

/// Units of `currency` (ISO 4217) per US dollar; nothing for unknown codes.
std::optional<double> units_per_usd(std::string_view currency);

/// True if `code` is a currency that the table knows.
bool is_currency(std::string_view code);

} // namespace jobfarm::normalize
