#pragma once

#include "actors/normalize/money.hpp"

#include <string_view>
#include <vector>

namespace jobfarm::normalize {

/// Takes out of `amounts`, those of `line` in their order, what no word beside
/// it makes pay: the midpoint between two bounds, the savings plans 401k and
/// 403b.
void drop_no_pay(std::string_view line, std::vector<money>& amounts);

/// True for one amount, or the two of a range, that could not be pay: a year, a
/// count. Numbers without a mark need groups of digits where words are needed.
bool is_bare(const money& a, const money& b, bool is_range, bool needs_words);

/// The least pay, in US dollars a year, that no word need call so. Perks are
/// paid in the currencies of rich countries, wages of their size in others.
double least_unsaid_pay(std::string_view currency);

} // namespace jobfarm::normalize
