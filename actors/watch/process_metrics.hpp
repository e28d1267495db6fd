#pragma once

#include "actors/watch/metrics.hpp"

#include <string>

namespace jobfarm::watch {

/// Has `into` tell of this process whenever it is read: memory, processor
/// time, descriptors (Linux: /proc/self), and the program's version.
void add_process_metrics(metrics& into, const std::string& version);

/// Has `into` tell how large the store in `dir` is whenever it is read.
void add_store_size(metrics& into, const std::string& dir);

} // namespace jobfarm::watch
