#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace jobfarm::normalize {

/// Day of the rates, RFC 3339 date.
constexpr std::string_view fx_date = "2026-09-29";

/// Units of `currency` (ISO 4217) per US dollar; nothing for unknown codes.
std::optional<double> units_per_usd(std::string_view currency);

/// `code` as the table has it, which lives for ever; empty for unknown codes.
std::string_view known_currency(std::string_view code);

/// True if `code` is a currency that the table knows.
bool is_currency(std::string_view code);

/// A word of three bytes as a number, in the order of words.
constexpr std::uint32_t packed_code(std::string_view word) {
  std::uint32_t all = 0;
  for (char c : word)
    all = all << 8 | static_cast<unsigned char>(c);
  return all;
}

} // namespace jobfarm::normalize
