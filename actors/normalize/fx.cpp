#include "actors/normalize/fx.hpp"

#include <algorithm>
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

} // namespace

std::optional<double> units_per_usd(std::string_view currency) {
  if (currency.size() != 3)
    return std::nullopt;
  if (currency == "USD")
    return 1.0;
  auto code = packed(currency);
  auto found = std::lower_bound(std::begin(rates), std::end(rates), code,
                                [](const rate& one, std::uint32_t wanted) {
                                  return packed(one.code) < wanted;
                                });
  if (found == std::end(rates) || packed(found->code) != code)
    return std::nullopt;
  return found->units;
}

bool is_currency(std::string_view code) {
  return units_per_usd(code).has_value();
}

} // namespace jobfarm::normalize
