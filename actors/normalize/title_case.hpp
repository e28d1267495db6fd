#pragma once

#include <string>
#include <string_view>

namespace jobfarm::normalize {

/// "SENIOR PROGRAM MANAGER, IT" -> "Senior Program Manager, IT": a title all in
/// capitals is written as others are; what has a small letter stays. Words of
/// up to three letters and known abbreviations stay, "OF" and "AND" do not.
std::string without_shouting(std::string title);

} // namespace jobfarm::normalize
