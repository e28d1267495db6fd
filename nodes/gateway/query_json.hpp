#pragma once

#include "nodes/gateway/farm_port.hpp"

#include <string>

namespace jobfarm::nodes::gateway {

/// `/api/v1/queries/ID`.
std::string query_path(const std::string& query_id);

/// A query as the API tells it: query_id, status, query, progress, result
/// (null until it has ended), links.
std::string to_json(const query_view& view);

} // namespace jobfarm::nodes::gateway
