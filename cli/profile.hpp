#pragma once

#include "actors/enrich/fit.hpp"
#include "cli/settings.hpp"
#include "messages/expected.hpp"

#include <string>

namespace jobfarm::cli {

/// Reads a profile from a TOML file:
///
///     text = "technical program manager cloud"
///     locations = ["Berlin", "Germany"]
///     remote_only = false
///     salary_usd_min = 150000
///
/// Errors: invalid_input with line and column, also for unknown keys. `given`
/// names the gazetteer.
expected<enrich::profile> read_profile(const settings& given,
                                       const std::string& path);

/// What somebody who gives no profile is taken to look for.
enrich::profile standard_profile();

} // namespace jobfarm::cli
