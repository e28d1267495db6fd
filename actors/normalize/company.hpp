#pragma once

#include <string>
#include <string_view>

namespace jobfarm::normalize {

/// A company for display: entities, runs of blanks and marks at the ends gone.
std::string clean_company(std::string_view name);

/// A company for matching: folded without diacritics and punctuation, legal
/// forms of some 40 countries at the end removed ("GmbH & Co. KG", "Pvt Ltd",
/// "S.A. de C.V.", "株式会社" also in front).
std::string normalize_company(std::string_view name);

/// False for most names that `normalize_company` does not make `company` of,
/// told at a glance.
bool may_be_company(std::string_view name, std::string_view company);

} // namespace jobfarm::normalize
