#pragma once

#include "messages/failure.hpp"

#include <caf/error.hpp>

namespace jobfarm {

/// The one place where failures become CAF errors and come back. The code
/// travels as the error's code in category `jobfarm`, the text as context.
caf::error to_error(const failure& why);

/// Errors of CAF itself become `timeout`, `node_lost` or `internal`.
failure from_error(const caf::error& error);

} // namespace jobfarm
