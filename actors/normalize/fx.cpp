#include "actors/normalize/fx.hpp"

#include <algorithm>
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

} // namespace

std::optional<double> units_per_usd(std::string_view currency) {
  if (currency == "USD")
    return 1.0;
  auto found = std::lower_bound(
      std::begin(rates), std::end(rates), currency,
      [](const rate& one, std::string_view code) { return one.code < code; });
  if (found == std::end(rates) || found->code != currency)
    return std::nullopt;
  return found->units;
}

bool is_currency(std::string_view code) {
  return units_per_usd(code).has_value();
}

} // namespace jobfarm::normalize
