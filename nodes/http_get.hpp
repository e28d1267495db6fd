#pragma once

#include "messages/expected.hpp"

#include <cstddef>
#include <string>

namespace jobfarm::nodes {

/// Fetches one small document from an address that the user named, blocking,
/// within 10 s. Errors: connect_failed, timeout, http_error, too_large.
expected<std::string> http_get(const std::string& url, std::size_t most_bytes);

} // namespace jobfarm::nodes
