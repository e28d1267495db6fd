#pragma once

#include <string>

namespace jobfarm::cli {

/// `0.1.0`.
std::string version_text();

/// `jobfarm 0.1.0` and a line break.
std::string version_line();

} // namespace jobfarm::cli
