#pragma once

#include "actors/normalize/pay_words.hpp"

#include <string_view>
#include <vector>

namespace jobfarm::normalize {

/// Settles what words mean by those around them. `hits` are those of `folded`,
/// in order of their ends. Of words of pay and of other money the longer phrase
/// speaks alone: "cost to company" is no cost, "paid leave" no pay.
/// What outsiders earn ("families earning $75,000") is other money. Linear for
/// phrases of bounded length.
void settle_senses(std::string_view folded, std::vector<pay_hit>& hits);

} // namespace jobfarm::normalize
