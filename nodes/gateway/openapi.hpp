#pragma once

#include "nodes/gateway/operations.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::nodes::gateway {

/// The OpenAPI 3.1 document of `routes`: made from the same table that the
/// router reads, so that neither can be without the other.
std::string openapi_document(const std::vector<route>& routes,
                             std::string_view version);

} // namespace jobfarm::nodes::gateway
