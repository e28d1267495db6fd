#pragma once

#include "actors/report/report_writer.hpp"

namespace jobfarm::report {

/// One JSON object a line: JobPosting, or EnrichedPosting where enriched.
expected<std::unique_ptr<report_writer>>
open_jsonl_report(const std::string& path);

/// RFC 4180 with a header row, UTF-8 with byte order mark (Excel asks for
/// it), texts that begin like a formula prefixed with an apostrophe.
expected<std::unique_ptr<report_writer>>
open_csv_report(const std::string& path);

} // namespace jobfarm::report
