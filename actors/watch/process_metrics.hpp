#pragma once

#include "actors/watch/metrics.hpp"

#include <string>

namespace jobfarm::watch {

/// Has `into` tell of this process whenever it is read: memory, processor
/// time, descriptors (Linux: /proc/self), and the program's version.
void add_process_metrics(metrics& into, const std::string& version);

} // namespace jobfarm::watch
