#pragma once

#include "cli/settings.hpp"

namespace jobfarm::cli {

/// Runs a worker until it is stopped: then it finishes what is in hand, hands
/// it in and leaves. A second signal ends it at once. Returns the exit code.
int run_worker(const settings& given);

} // namespace jobfarm::cli
