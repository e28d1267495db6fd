#pragma once

#include "nodes/gateway/farm_port.hpp"
#include "nodes/gateway/workers.hpp"
#include "nodes/http_message.hpp"

#include <cstdint>
#include <string>

namespace jobfarm::nodes::gateway {

/// Server-sent events (WHATWG HTML 9.2) of a query until it has ended:
/// `progress` whenever that changes (at most 4 a second), then one `end` with
/// the whole query. Ids count on from `last_id`. A comment each 15 s keeps the
/// connection alive and finds out when the client has gone.
server_response progress_stream(farm_port& farm, workers& pool,
                                const std::string& query_id,
                                std::uint64_t last_id);

} // namespace jobfarm::nodes::gateway
