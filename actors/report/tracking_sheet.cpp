#include "actors/report/tracking_sheet.hpp"

#include <algorithm>

namespace jobfarm::report {

namespace {

constexpr lxw_row_t tracking_rows = 200;
constexpr const char* statuses[] = {"saved",     "applied", "screen",
                                    "interview", "offer",   "rejected",
                                    "withdrawn"};

enum tracking_column : lxw_col_t {
  job_id,
  title,
  company,
  location,
  status,
  priority,
  applied_on,
  next_step,
  notes,
};
constexpr const char* headers[] = {"Job ID",     "Title",     "Company",
                                   "Location",   "Status",    "Priority",
                                   "Applied On", "Next Step", "Notes"};
constexpr double widths[] = {34, 40, 24, 28, 12, 10, 12, 30, 40};

std::string letter_of(std::string_view column_title) {
  const auto& all = columns();
  auto found = std::find_if(all.begin(), all.end(), [&](const column& one) {
    return one.title == column_title;
  });
  return std::string(1, static_cast<char>('A' + (found - all.begin())));
}

/// Looks `wanted` of the job named in column A up in Jobs_All.
std::string lookup(lxw_row_t row, std::string_view wanted, std::size_t jobs) {
  auto range = [&](const std::string& letter) {
    return "Jobs_All!$" + letter + "$2:$" + letter + '$'
           + std::to_string(std::max<std::size_t>(jobs, 1) + 1);
  };
  auto id = "$A" + std::to_string(row + 1);
  return "=IF(" + id + "=\"\",\"\",IFERROR(INDEX(" + range(letter_of(wanted))
         + ",MATCH(" + id + ',' + range(letter_of("Job ID"))
         + ",0)),\"not in this workbook\"))";
}

void write_lists(lxw_workbook* book) {
  sheet lists(book, "Lists");
  lxw_row_t row = 0;
  for (const auto* word : statuses)
    lists.text(row++, 0, word);
  worksheet_hide(lists.get());
}

void validate(sheet& to) {
  lxw_data_validation from_list{};
  from_list.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
  from_list.value_formula = const_cast<char*>("=Lists!$A$1:$A$7");
  from_list.error_title = const_cast<char*>("Status");
  from_list.error_message = const_cast<char*>("Choose a status of the list.");
  worksheet_data_validation_range(to.get(), 1, status, tracking_rows, status,
                                  &from_list);
  lxw_data_validation one_to_three{};
  one_to_three.validate = LXW_VALIDATION_TYPE_INTEGER;
  one_to_three.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
  one_to_three.minimum_number = 1;
  one_to_three.maximum_number = 3;
  worksheet_data_validation_range(to.get(), 1, priority, tracking_rows,
                                  priority, &one_to_three);
  lxw_data_validation a_date{};
  a_date.validate = LXW_VALIDATION_TYPE_DATE;
  a_date.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN;
  a_date.value_datetime = {2000, 1, 1, 0, 0, 0};
  worksheet_data_validation_range(to.get(), 1, applied_on, tracking_rows,
                                  applied_on, &a_date);
}

} // namespace

void write_tracking(lxw_workbook* book, const formats& look, std::size_t jobs) {
  sheet to(book, "Application_Tracking");
  for (lxw_col_t col = 0; col <= notes; ++col) {
    to.width(col, widths[col]);
    to.text(0, col, headers[col], look.header);
  }
  for (lxw_row_t row = 1; row <= tracking_rows; ++row) {
    const std::pair<lxw_col_t, const char*> found[] = {
        {title, "Title"}, {company, "Company"}, {location, "Location"}};
    for (const auto& [col, name] : found)
      worksheet_write_formula_str(to.get(), row, col,
                                  lookup(row, name, jobs).c_str(), nullptr, "");
    worksheet_write_blank(to.get(), row, applied_on, look.date);
  }
  worksheet_freeze_panes(to.get(), 1, 1);
  worksheet_autofilter(to.get(), 0, 0, tracking_rows, notes);
  validate(to);
  write_lists(book);
}

} // namespace jobfarm::report
