#pragma once

#include "actors/report/analytics.hpp"
#include "actors/report/sheet.hpp"

namespace jobfarm::report {

/// Analytics: one small table a question, with a native chart beside it.
void write_analytics(lxw_workbook* book, const formats& look,
                     const analytics& of);

} // namespace jobfarm::report
