#pragma once

#include "actors/supervise/recovery.hpp"
#include "cli/settings.hpp"
#include "messages/expected.hpp"

#include <string>
#include <vector>

namespace jobfarm::cli {

struct file_entry;

/// What the configuration says about failures, with the defaults:
/// `recovery.most_attempts` and its like.
const std::vector<option>& recovery_options();

/// Takes a key under `recovery.` over. Errors: invalid_input.
expected<void> apply_recovery(const file_entry& entry, settings& into);

supervise::recovery_policy recovery_policy_of(const settings& given);

} // namespace jobfarm::cli
