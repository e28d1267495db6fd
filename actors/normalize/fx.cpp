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

constexpr auto rate_count = std::size(rates);

/// The codes of `rates`.
constexpr auto codes = [] {
  std::array<std::uint32_t, rate_count> all{};
  for (std::size_t i = 0; i < rate_count; ++i)
    all[i] = packed_code(rates[i].code);
  return all;
}();

/// The row of a currency; null for unknown codes.
const rate* rate_of(std::string_view currency) {
  // Most words that are asked for are written small.
  if (currency.size() != 3 || currency.front() > 'Z')
    return nullptr;
  auto code = packed_code(currency);
  const auto* found = std::lower_bound(codes.begin(), codes.end(), code);
  return found == codes.end() || *found != code ? nullptr
                                                : &rates[found - codes.begin()];
}

} // namespace

std::optional<double> units_per_usd(std::string_view currency) {
  if (currency == "USD")
    return 1.0;
  const auto* known = rate_of(currency);
  return known == nullptr ? std::nullopt : std::optional{known->units};
}

std::string_view known_currency(std::string_view code) {
  const auto* known = rate_of(code);
  return known == nullptr ? std::string_view{} : known->code;
}

bool is_currency(std::string_view code) {
  return rate_of(code) != nullptr;
}

} // namespace jobfarm::normalize
