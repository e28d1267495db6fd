#pragma once

#include "actors/watch/log.hpp"
#include "cli/settings.hpp"
#include "nodes/farm.hpp"

namespace jobfarm::cli {

/// `--log-level`, or more with `--verbose` and `--debug`.
watch::log_level log_level_of(const settings& given);

/// Starts the log by that level and `--log-format`.
void begin_log(const settings& given);

/// Has the farm of a command that is no node log what it does, if more than
/// warnings is asked for.
void log_farm(const settings& given, nodes::farm_options& farm);

} // namespace jobfarm::cli
