#pragma once

#include <string_view>

namespace jobfarm::normalize {

/// What joins the amounts of a range, with periods and currencies between them
/// as in "$50/hr - $60/hr"; `may_slash` allows "45/50K".
bool joins_range(std::string_view folded, bool may_slash);

} // namespace jobfarm::normalize
