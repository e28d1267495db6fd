#pragma once

#include "messages/failure.hpp"

#include <string>
#include <string_view>

namespace jobfarm::store {

/// A store_failed that says `what` and why; for a disk without room also what
/// to do. `cause` is the system's text of the error or has it in it.
failure disk_failure(std::string what, const std::string& cause);

/// A store_failed for what stands under the key `at` and makes no sense.
failure unreadable(std::string_view at, const std::string& why);

} // namespace jobfarm::store
