#pragma once

#include "actors/normalize/money.hpp"

#include <string_view>
#include <vector>

namespace jobfarm::normalize {

/// Takes out of `amounts`, those of `line` in their order, what no word beside
/// it makes pay: the midpoint between two bounds, the savings plans 401k and
/// 403b.
void drop_no_pay(std::string_view line, std::vector<money>& amounts);

} // namespace jobfarm::normalize
