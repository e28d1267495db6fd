// The functions of libxlsxwriter that the project calls, each looked up in the
// library when it is called first. libxlsxwriter and libzip bring libcrypto
// along, and its 21,000 relocations are a fifth of the start of a command that
// writes no workbook.

#include <xlsxwriter.h>

#include "actors/library_at_need.hpp"

namespace {

jobfarm::library_at_need& library() {
  static jobfarm::library_at_need opened{"libxlsxwriter.so.4",
                                         "libxlsxwriter4"};
  return opened;
}

} // namespace

#define FORWARD(count, name) JOBFARM_FORWARD(library(), count, name)

extern "C" {

FORWARD(3, chart_add_series)
FORWARD(1, chart_axis_set_reverse)
FORWARD(2, chart_legend_set_position)
FORWARD(6, chart_series_set_categories)
FORWARD(2, chart_series_set_name)
FORWARD(6, chart_series_set_values)
FORWARD(2, chart_title_set_name)

FORWARD(2, format_set_bg_color)
FORWARD(1, format_set_bold)
FORWARD(2, format_set_font_color)
FORWARD(2, format_set_font_size)
FORWARD(2, format_set_num_format)
FORWARD(2, format_set_num_format_index)
FORWARD(2, format_set_underline)

FORWARD(1, lxw_format_get_xf_index)
FORWARD(1, lxw_strerror)

FORWARD(2, workbook_add_chart)
FORWARD(1, workbook_add_format)
FORWARD(2, workbook_add_worksheet)
FORWARD(1, workbook_close)
FORWARD(2, workbook_new_opt)
FORWARD(2, workbook_set_properties)

FORWARD(5, worksheet_autofilter)
FORWARD(6, worksheet_conditional_format_range)
FORWARD(6, worksheet_data_validation_range)
FORWARD(3, worksheet_fit_to_pages)
FORWARD(3, worksheet_freeze_panes)
FORWARD(1, worksheet_hide)
FORWARD(4, worksheet_insert_chart)
FORWARD(3, worksheet_repeat_rows)
FORWARD(5, worksheet_set_column)
FORWARD(2, worksheet_set_footer)
FORWARD(1, worksheet_set_landscape)
FORWARD(4, worksheet_write_blank)
FORWARD(5, worksheet_write_boolean)
FORWARD(6, worksheet_write_formula_str)
FORWARD(5, worksheet_write_number)
FORWARD(5, worksheet_write_string)

} // extern "C"
