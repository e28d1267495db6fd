#pragma once

#include "cli/command.hpp"

#include <string>

namespace jobfarm::cli {

/// What `jobfarm` and `jobfarm --help` print.
std::string overview();

/// What `jobfarm NAME --help` prints: one line, examples, options.
std::string help_of(const command& cmd);

} // namespace jobfarm::cli
