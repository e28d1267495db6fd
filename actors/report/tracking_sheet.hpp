#pragma once

#include "actors/report/sheet.hpp"
#include "actors/report/tracked_rows.hpp"

namespace jobfarm::report {

/// Application_Tracking: the user types a Job ID, our formulas find the job in
/// Jobs_All (so that sorting is safe), status and priority come from lists.
/// The lists stand on a hidden sheet: libxlsxwriter 1.1.4 aborts on long
/// inline ones. `jobs` is the number of rows of Jobs_All, `kept` what the user
/// had put down before. False if the library refused a cell.
bool write_tracking(lxw_workbook* book, const formats& look, std::size_t jobs,
                    const tracked_rows& kept);

} // namespace jobfarm::report
