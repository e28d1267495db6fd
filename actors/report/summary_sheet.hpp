#pragma once

#include "actors/report/analytics.hpp"
#include "actors/report/report_writer.hpp"
#include "actors/report/sheet.hpp"

namespace jobfarm::report {

/// The first sheet: what was asked, when, what came of each source; partial
/// results in red.
void write_summary(lxw_workbook* book, const formats& look,
                   const report_options& options, const figures& all);

/// The last sheet: what each column means.
void write_dictionary(lxw_workbook* book, const formats& look);

} // namespace jobfarm::report
