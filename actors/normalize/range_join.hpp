#pragma once

#include "actors/normalize/money.hpp"

#include <string_view>
#include <utility>

namespace jobfarm::normalize {

/// What joins the amounts of a range, with periods and currencies between them
/// as in "$50/hr - $60/hr"; `may_slash` allows "45/50K".
bool joins_range(std::string_view folded, bool may_slash);

/// The bounds of a range of two amounts: in "130-160K", "3,500~4,500만" and
/// "60-80 000" what is written once counts for both.
std::pair<double, double> bounds_of(const money& low, const money& high);

} // namespace jobfarm::normalize
