#pragma once

#include "messages/expected.hpp"

#include <string>
#include <string_view>

namespace jobfarm::nodes {

/// Writes what nobody can take to a file of a directory, which is made if it is
/// not there, in place of what was written under the same name before; returns
/// the file. A directory takes no more than a hundred. Blocks on the disk.
/// Errors: store_failed.
expected<std::string> set_aside(const std::string& directory,
                                const std::string& name,
                                std::string_view bytes);

} // namespace jobfarm::nodes
