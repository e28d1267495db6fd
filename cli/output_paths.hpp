#pragma once

#include "cli/settings.hpp"
#include "messages/expected.hpp"

#include <string>
#include <vector>

namespace jobfarm::cli {

/// The files that `--out` names, `-` for the standard output. Errors:
/// invalid_input if two names are those of one file, or one may not be
/// replaced.
expected<std::vector<std::string>> output_paths(const settings& given);

/// The same of a command that prints a result with `--json`. Errors:
/// invalid_input also if both would go to the standard output.
expected<std::vector<std::string>> paths_beside_result(const settings& given);

/// Whether one of `paths` is the standard output: nothing else goes there then.
bool has_standard_output(const std::vector<std::string>& paths);

/// Prints the name of each file as `print_value` does, unless one is the
/// standard output.
void print_files(const settings& given, const std::vector<std::string>& paths);

} // namespace jobfarm::cli
