#pragma once

#include <cstddef>
#include <string_view>

namespace jobfarm::normalize {

/// One family of the taxonomy and what public classifications call it.
struct role_family {
  /// "technical_program_management".
  std::string_view slug;
  /// SOC 2018 (O*NET where it has a dot), empty where no one code is sure.
  std::string_view soc;
  /// ISCO-08 unit group as ESCO uses it, empty where no one code is sure.
  std::string_view isco;
};

/// The family of a slug, or null if the taxonomy has none.
const role_family* find_role_family(std::string_view slug);

/// How many families there are, "other" included.
std::size_t role_family_count();

} // namespace jobfarm::normalize
