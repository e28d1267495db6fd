#pragma once

#include "cli/settings.hpp"
#include "nodes/simulator/scenario.hpp"

#include <cstdint>

namespace jobfarm::cli {

constexpr std::int64_t most_postings = 10'000'000;

/// The scenario of `--scenario`, `--seed` and `--postings`; the flags win over
/// the file. Errors: invalid_input.
expected<nodes::scenario> scenario_of(const settings& given);

} // namespace jobfarm::cli
