#pragma once

#include "actors/report/evidence.hpp"
#include "actors/report/report_writer.hpp"
#include "actors/report/sheet.hpp"

namespace jobfarm::report {

/// Sheet `Sources`: how each did and what it gave. Both false if a cell was
/// refused.
bool write_source_sheet(lxw_workbook* book, const formats& look,
                        const report_options& options, const evidence& of);

/// Sheet `Duplicates`: the records that became one posting, a row each.
bool write_duplicate_sheet(lxw_workbook* book, const formats& look,
                           const evidence& of);

} // namespace jobfarm::report
