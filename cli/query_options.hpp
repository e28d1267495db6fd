#pragma once

#include "actors/enrich/fit.hpp"
#include "cli/settings.hpp"
#include "messages/query.hpp"

#include <vector>

namespace jobfarm::cli {

/// The options that say what is looked for, and `own` behind them: the same
/// for every command that starts a query.
std::vector<option> with_query_options(std::vector<option> own);

/// The query that options and operand ask for, with a new id. Errors:
/// invalid_input.
expected<job_query> read_query(const settings& given);

/// What postings are measured against: `--profile`, else the query itself.
/// Errors: invalid_input.
expected<enrich::profile> profile_of(const settings& given,
                                     const job_query& query);

} // namespace jobfarm::cli
