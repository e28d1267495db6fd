#pragma once

#include "cli/settings.hpp"
#include "messages/query.hpp"
#include "nodes/farm.hpp"

#include <string>
#include <vector>

namespace jobfarm::cli {

/// The options of a farm in this process, from `--data-dir`, `--workers`,
/// `[sources.*]`, `--boards-url`, `--user-agent` and `--allow-host`. Loopback
/// is allowed when a `--boards-url` names it. Errors: invalid_input.
expected<nodes::farm_options> farm_options_of(const settings& given);

/// `own`, and the options that `farm_options_of` reads of every command that
/// fetches.
std::vector<option> with_fetch_options(std::vector<option> own);

/// The boards to visit: `--boards FILE`, else what the simulator at
/// `--boards-url` serves, else the user's and the bundled directory.
/// Errors: invalid_input, connect_failed.
expected<std::vector<board>> boards_of(const settings& given);

} // namespace jobfarm::cli
