#pragma once

#include "actors/report/sheet.hpp"

namespace jobfarm::report {

/// Application_Tracking: the user types a Job ID, our formulas find the job in
/// Jobs_All (so that sorting is safe), status and priority come from lists.
/// The lists stand on a hidden sheet: libxlsxwriter 1.1.4 aborts on long
/// inline ones. `jobs` is the number of rows of Jobs_All.
void write_tracking(lxw_workbook* book, const formats& look, std::size_t jobs);

} // namespace jobfarm::report
