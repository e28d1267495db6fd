#pragma once

#include <string>
#include <string_view>

namespace jobfarm::cli {

/// `0.1.0`.
std::string version_text();

/// The commit that the program was built from, 40 hex digits, with `-dirty` if
/// its files were changed since; empty if it was built from no repository.
std::string_view commit();

/// `jobfarm 0.1.0` and a line break.
std::string version_line();

} // namespace jobfarm::cli
