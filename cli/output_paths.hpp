#pragma once

#include "cli/settings.hpp"
#include "messages/expected.hpp"

#include <string>
#include <vector>

namespace jobfarm::cli {

/// The files that `--out` names. Errors: invalid_input if two names are those
/// of one file, or one may not be replaced.
expected<std::vector<std::string>> output_paths(const settings& given);

} // namespace jobfarm::cli
