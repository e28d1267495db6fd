#pragma once

#include "actors/plan/frontier.hpp"
#include "actors/sources/source.hpp"
#include "messages/expected.hpp"
#include "messages/query.hpp"
#include "messages/task.hpp"

#include <map>
#include <string>
#include <vector>

namespace jobfarm::plan {

/// What the operator's configuration says of one source; unset is the
/// source's own word.
struct source_settings {
  std::optional<bool> enabled;
  std::string base_url;
  std::optional<double> requests_per_second;
  std::optional<std::int32_t> concurrent_requests;
  std::optional<std::int32_t> burst;
  /// False lets robots.txt be ignored: the operator's word, nobody else's.
  bool obeys_robots = true;
  /// Its pages are loaded by a browser, so that scripts can fill them: always,
  /// never, or (unset) where recovery sees no other way.
  std::optional<bool> uses_browser;
};
using source_settings_map = std::map<std::string, source_settings, std::less<>>;

/// Where the requests of a source go: configuration first, then its own.
std::string base_url_of(const sources::source& source,
                        const source_settings_map& settings);

/// The politeness towards that place.
host_budget budget_of(const sources::source& source,
                      const source_settings_map& settings);

/// True if all pages of a source are loaded by a browser.
bool always_uses_browser(std::string_view source,
                         const source_settings_map& settings);

/// True if recovery may have a page of a source loaded by a browser: it is for
/// people to look at, and the configuration does not rule it out.
bool may_use_browser(std::string_view source,
                     const source_settings_map& settings);

/// The unit of politeness of a request: host and port. Where a configuration
/// moved the source, its base URL's path too, so that eleven sources served
/// by one simulator keep eleven budgets.
std::string host_key(const std::string& request_url,
                     const std::string& configured_base_url);

/// The politeness towards each place that a source has, by `host_key`.
std::map<std::string, host_budget>
budgets_of(const source_settings_map& settings);

/// Makes the task of one page. Its id is the XXH3 hash of query, source,
/// board, kind and request, so that planning twice makes nothing twice.
task make_task(const job_query& query, const jobfarm::board& board,
               std::string host, sources::page_request request);

/// The same page for another query.
task for_query(const std::string& query_id, task page);

/// A query's first tasks, and what could not be planned.
struct query_plan {
  std::vector<task> tasks;
  std::vector<source_error> refused;
  /// Boards a source was asked for, by source.
  std::map<std::string, std::int64_t> boards;
};

/// Turns a validated query into tasks: one search a searched source, one
/// listing a board.
query_plan plan_query(const job_query& query,
                      const source_settings_map& settings);

} // namespace jobfarm::plan
