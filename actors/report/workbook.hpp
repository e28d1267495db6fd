#pragma once

#include "actors/report/report_writer.hpp"

namespace jobfarm::report {

/// An Excel workbook: Summary, Jobs_All, one sheet a region present, Analytics
/// with native charts, Application_Tracking with a validated status column,
/// Dictionary. No text from outside ever becomes a formula. Rows are kept in
/// memory without their descriptions until `finish`, which writes them best
/// score first. What a user has put down in Application_Tracking of a workbook
/// that is replaced is kept. Errors: as `read_tracked` and `part_file::open`.
expected<std::unique_ptr<report_writer>>
open_workbook_report(const std::string& path, report_options options);

} // namespace jobfarm::report
