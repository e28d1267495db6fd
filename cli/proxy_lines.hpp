#pragma once

#include "messages/operations.hpp"

#include <string>
#include <vector>

namespace jobfarm::cli {

/// One line a proxy: what went through it and what has happened to it. `node`
/// is who uses them; empty where there is only one.
std::string proxy_lines(const std::vector<proxy_status>& proxies,
                        const std::string& node = {});

} // namespace jobfarm::cli
