#include "actors/normalize/fx.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace jobfarm::normalize {

namespace {

struct rate {
  std::string_view code;
  double units;
};

constexpr rate rates[] = {
#include "actors/normalize/data/fx_2026_09_29.inc"
};

/// A code of three letters as a number, in the order of codes.
constexpr std::uint32_t packed(std::string_view code) {
  std::uint32_t all = 0;
  for (char c : code)
    all = all << 8 | static_cast<unsigned char>(c);
  return all;
}

constexpr auto rate_count = std::size(rates);

/// The codes of `rates`.
constexpr auto codes = [] {
  std::array<std::uint32_t, rate_count> all{};
  for (std::size_t i = 0; i < rate_count; ++i)
    all[i] = packed(rates[i].code);
  return all;
}();

} // namespace

std::optional<double> units_per_usd(std::string_view currency) {
  if (currency.size() != 3)
    return std::nullopt;
  auto code = packed(currency);
  if (code == packed("USD"))
    return 1.0;
  const auto* found = std::lower_bound(codes.begin(), codes.end(), code);
  if (found == codes.end() || *found != code)
    return std::nullopt;
  return rates[found - codes.begin()].units;
}

bool is_currency(std::string_view code) {
  return units_per_usd(code).has_value();
}

} // namespace jobfarm::normalize
