#pragma once

#include "actors/plan/planner.hpp"
#include "cli/settings.hpp"

#include <string>

namespace jobfarm::cli {

/// What the configuration says under `[sources.NAME]`. With `--boards-url URL`
/// every source without a base URL of its own is asked at `URL/NAME`, without
/// a limit on its rate: that is a simulator or a mirror of the user's.
plan::source_settings_map source_settings_of(const settings& given);

/// Every source at `url/NAME`, without a limit on its rate.
plan::source_settings_map mirror_settings(const std::string& url);

} // namespace jobfarm::cli
