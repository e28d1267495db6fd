#pragma once

#include "cli/settings.hpp"
#include "messages/query.hpp"
#include "nodes/exporter.hpp"
#include "nodes/farm.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::cli {

/// What `collect` writes where no report is named.
constexpr std::string_view standard_report = "jobs.xlsx";

/// One collection from a query to its reports, as `collect` and `demo` run it.
struct collect_order {
  nodes::farm_options farm;
  job_query query;
  /// Go on with the newest query that has not ended, if there is one.
  bool resume = false;
  nodes::export_order reports;
};

/// What came of it.
struct collect_outcome {
  collection_result result;
  query_progress progress;
  /// The files that were written.
  std::vector<std::string> reports;
  /// How many were found when the query's limit cut it short, see
  /// `plan::found_at_cut`.
  std::optional<std::int64_t> found_at_cut;
  /// Empty where everything went direct.
  std::vector<proxy_status> proxies;
  bool interrupted = false;
};

/// Runs an order with progress on stderr. Ctrl-C ends the query early and
/// keeps, stores and exports what was collected; a second one stops at once
/// with exit code 130. Where nothing could be collected no report is written.
/// `inspect` sees the store before the farm stops.
expected<collect_outcome>
run_collection(const settings& given, collect_order order,
               const std::function<void(const store::store&)>& inspect = {});

/// Words behind a count that a query's limit has cut, see `plan::found_at_cut`;
/// empty if it has not.
std::string cut_text(std::optional<std::int64_t> found);

/// The exit code that a collection calls for.
int exit_code_of(const collect_outcome& outcome);

/// Prints the result: the summary on stderr, and on stdout the paths of the
/// reports or, with `--json`, the CollectionResult with its `proxies` and
/// whether it is `cut`.
void print_outcome(const settings& given, const collect_outcome& outcome);

} // namespace jobfarm::cli
