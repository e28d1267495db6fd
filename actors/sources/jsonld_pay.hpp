#pragma once

#include "actors/sources/jsonld_graph.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::sources {

/// Pay as one MonetaryAmount states it; what it does not state is empty.
struct stated_pay {
  /// Major units; 0 is "not stated".
  std::optional<double> min;
  std::optional<double> max;
  /// A code, or a symbol that several currencies share, as given.
  std::string currency;
  /// As given, UN/CEFACT codes (ANN, HUR ...) as words.
  std::string period;
  /// Words where there is no plain figure.
  std::string text;
};

/// An amount written as text: "60000", "$100,000", "13.500.000,50 EUR". The
/// second part is the currency as written, maybe empty. Nothing for words,
/// ranges and short forms such as "50k".
struct written_amount {
  double value = 0;
  std::string currency;
};
std::optional<written_amount> read_amount(std::string_view text);

/// Every pay that `name` (`baseSalary`, `estimatedSalary`) of a posting
/// states, in all shapes that pages use: a number, a text, a MonetaryAmount
/// with bounds of its own or in its `value`, an array of these, at most 100.
std::vector<stated_pay> read_pay(const jsonld_graph& graph, json_value posting,
                                 std::string_view name);

} // namespace jobfarm::sources
