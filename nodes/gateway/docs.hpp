#pragma once

#include "nodes/gateway/operations.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::nodes::gateway {

/// The page at `/docs`: every operation of `routes` and every code that a
/// problem document may carry, for people. HTML that needs nothing else.
std::string docs_page(const std::vector<route>& routes,
                      std::string_view version);

} // namespace jobfarm::nodes::gateway
