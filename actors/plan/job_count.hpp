#pragma once

#include "messages/expected.hpp"

#include <cstdint>
#include <functional>
#include <optional>

namespace jobfarm {

/// Counts what an ended query hands out, a part with each call; nothing until
/// all is counted. Errors: store_failed.
using job_count = std::function<expected<std::optional<std::int64_t>>()>;

} // namespace jobfarm
