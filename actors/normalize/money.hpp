#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace jobfarm::normalize {

/// One amount of money in a text.
struct money {
  double amount = 0;
  /// ISO 4217, of static tables; empty if no currency stands beside it.
  std::string_view currency;
  /// The sign left open which dollar, crown or yuan it is.
  bool is_currency_inferred = false;
  /// A currency's mark stands beside it, known or not.
  bool has_mark = false;
  /// Its thousands are separated.
  bool has_groups = false;
  /// Factor that a suffix stood for: 1000 of "k", 100000 of "lakh".
  double factor = 1;
  /// Where it stands, currency included.
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Makes `all` every number of `text` that money could be, with its currency
/// where one stands beside it. Separators by what they separate: 1.144.000,
/// 1 144 000, 1'144'000, 12,00,000, 205,17. `country` (ISO 3166-1) tells which
/// dollar `$` is. Linear.
void find_money(std::string_view text, std::string_view country,
                std::vector<money>& all);

} // namespace jobfarm::normalize
