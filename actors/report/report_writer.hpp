#pragma once

#include "messages/expected.hpp"
#include "messages/posting.hpp"
#include "messages/query.hpp"

#include <memory>
#include <optional>
#include <string>

/// What users take away: workbook, csv, jsonl.
namespace jobfarm::report {

/// What a report says besides its postings.
struct report_options {
  /// RFC 3339 UTC, printed as "generated".
  std::string generated_at;
  /// What was asked, in words; empty if there was no query.
  std::string asked;
  /// How the collection ended, where there was one.
  std::optional<collection_result> result;
  /// Analytics sheet and its charts (workbook only).
  bool with_analytics = true;
};

/// Writes one report. Nothing appears under the report's name before `finish`
/// has succeeded: the file is written beside it and renamed.
class report_writer {
public:
  virtual ~report_writer() = default;

  /// Takes one posting. Errors: store_failed (disk full, ...).
  virtual expected<void> add(const enriched_posting& posting) = 0;

  /// Completes the file and gives it its name. Errors: store_failed.
  virtual expected<void> finish() = 0;
};

/// Opens a report of the kind that the ending of `path` names: .xlsx, .csv,
/// .jsonl; `-` is JSON lines on the standard output. Errors: invalid_input for
/// another ending, a place that cannot be written, or what `check_report`
/// finds.
expected<std::unique_ptr<report_writer>> open_report(const std::string& path,
                                                     report_options options);

/// Whether a report can be written and may replace what is at `path`, for those
/// who have long work before they open it. Errors: invalid_input for a workbook
/// from which rows of the user would be lost. Throws `missing_library`.
expected<void> check_report(const std::string& path);

} // namespace jobfarm::report
