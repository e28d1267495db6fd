#pragma once

#include "actors/plan/planner.hpp"
#include "messages/task.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Running one task: fetch, read, normalise.
namespace jobfarm::collect {

/// What the other side answered.
struct page_answer {
  std::int32_t status = 0;
  std::string_view body;
  /// How many bytes behind the body may be read.
  std::size_t readable_behind = 0;
  std::vector<http_header> headers;
  std::string final_url;
  /// See `fetch::http_response`.
  std::vector<std::string> sitemaps;
  /// RFC 3339 UTC.
  std::string fetched_at;
};

/// What a page says, as far as reading goes: the outcome lacks only the
/// postings, which come from `raw` by normalising.
struct page_reading {
  task_outcome outcome;
  std::vector<raw_posting> raw;
};

/// Judges and parses the answer to `asked`. Never throws; whatever is wrong is
/// in `outcome.failed`. `outcome.next_tasks` are ready for the frontier. A 304
/// is the page that the task knows, and not read.
page_reading read_page(const task& asked, const page_answer& answered,
                       const plan::source_settings_map& settings);

} // namespace jobfarm::collect
