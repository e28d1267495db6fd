// The functions of libxlsxwriter that the project calls, each looked up in the
// library when it is called first. libxlsxwriter and libzip bring libcrypto
// along, which has 21,000 relocations: they took a quarter of the start of a
// command that writes no workbook.

#include <xlsxwriter.h>

#include "actors/library_at_need.hpp"
#include "actors/report/workbook_libraries.hpp"

namespace {

jobfarm::library_at_need& library() {
  static jobfarm::library_at_need opened{"libxlsxwriter.so.4",
                                         "libxlsxwriter4"};
  return opened;
}

} // namespace

void jobfarm::report::load_xlsxwriter() {
  library();
}

extern "C" {

JOBFARM_FORWARD(3, chart_add_series)
JOBFARM_FORWARD(1, chart_axis_set_reverse)
JOBFARM_FORWARD(2, chart_legend_set_position)
JOBFARM_FORWARD(6, chart_series_set_categories)
JOBFARM_FORWARD(2, chart_series_set_name)
JOBFARM_FORWARD(6, chart_series_set_values)
JOBFARM_FORWARD(2, chart_title_set_name)

JOBFARM_FORWARD(2, format_set_bg_color)
JOBFARM_FORWARD(1, format_set_bold)
JOBFARM_FORWARD(2, format_set_font_color)
JOBFARM_FORWARD(2, format_set_font_size)
JOBFARM_FORWARD(2, format_set_num_format)
JOBFARM_FORWARD(2, format_set_num_format_index)
JOBFARM_FORWARD(2, format_set_underline)

JOBFARM_FORWARD(1, lxw_format_get_xf_index)
JOBFARM_FORWARD(1, lxw_strerror)

JOBFARM_FORWARD(2, workbook_add_chart)
JOBFARM_FORWARD(1, workbook_add_format)
JOBFARM_FORWARD(2, workbook_add_worksheet)
JOBFARM_FORWARD(1, workbook_close)
JOBFARM_FORWARD(2, workbook_new_opt)
JOBFARM_FORWARD(2, workbook_set_properties)

JOBFARM_FORWARD(5, worksheet_autofilter)
JOBFARM_FORWARD(6, worksheet_conditional_format_range)
JOBFARM_FORWARD(6, worksheet_data_validation_range)
JOBFARM_FORWARD(3, worksheet_fit_to_pages)
JOBFARM_FORWARD(3, worksheet_freeze_panes)
JOBFARM_FORWARD(1, worksheet_hide)
JOBFARM_FORWARD(4, worksheet_insert_chart)
JOBFARM_FORWARD(3, worksheet_repeat_rows)
JOBFARM_FORWARD(5, worksheet_set_column)
JOBFARM_FORWARD(2, worksheet_set_footer)
JOBFARM_FORWARD(1, worksheet_set_landscape)
JOBFARM_FORWARD(4, worksheet_write_blank)
JOBFARM_FORWARD(5, worksheet_write_boolean)
JOBFARM_FORWARD(6, worksheet_write_formula_str)
JOBFARM_FORWARD(5, worksheet_write_number)
JOBFARM_FORWARD(5, worksheet_write_string)

} // extern "C"
