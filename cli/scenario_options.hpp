#pragma once

#include "cli/settings.hpp"
#include "nodes/simulator/scenario.hpp"

namespace jobfarm::cli {

/// The scenario of `--scenario`, `--seed` and `--postings`; the flags win over
/// the file. Errors: invalid_input.
expected<nodes::scenario> scenario_of(const settings& given);

} // namespace jobfarm::cli
