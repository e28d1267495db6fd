#include "actors/report/tracking_sheet.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace jobfarm::report {

namespace {

/// Rows that are ready to be filled: all at first, and behind what is there.
constexpr lxw_row_t first_rows = 200;
constexpr lxw_row_t more_rows = 100;
constexpr const char* statuses[] = {"saved",     "applied", "screen",
                                    "interview", "offer",   "rejected",
                                    "withdrawn"};

constexpr double widths[] = {34, 40, 24, 28, 12, 10, 12, 30, 40};
constexpr double width_of_others = 20;
constexpr std::pair<tracking_column, const char*> looked_up[] = {
    {tracked_title, "Title"},
    {tracked_company, "Company"},
    {tracked_location, "Location"}};

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
         + ",MATCH(" + id + ',' + range(letter_of("Job ID")) + ",0)),\""
         + std::string{not_in_this_workbook} + "\"))";
}

void write_lists(lxw_workbook* book) {
  sheet lists(book, "Lists");
  lxw_row_t row = 0;
  for (const auto* word : statuses)
    lists.text(row++, 0, word);
  worksheet_hide(lists.get());
}

void validate(sheet& to, lxw_row_t last) {
  lxw_data_validation from_list{};
  from_list.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
  from_list.value_formula = const_cast<char*>("=Lists!$A$1:$A$7");
  from_list.error_title = const_cast<char*>("Status");
  from_list.error_message = const_cast<char*>("Choose a status of the list.");
  worksheet_data_validation_range(to.get(), 1, tracked_status, last,
                                  tracked_status, &from_list);
  lxw_data_validation one_to_three{};
  one_to_three.validate = LXW_VALIDATION_TYPE_INTEGER;
  one_to_three.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
  one_to_three.minimum_number = 1;
  one_to_three.maximum_number = 3;
  worksheet_data_validation_range(to.get(), 1, tracked_priority, last,
                                  tracked_priority, &one_to_three);
  lxw_data_validation a_date{};
  a_date.validate = LXW_VALIDATION_TYPE_DATE;
  a_date.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN;
  a_date.value_datetime = {2000, 1, 1, 0, 0, 0};
  worksheet_data_validation_range(to.get(), 1, tracked_applied_on, last,
                                  tracked_applied_on, &a_date);
}

lxw_col_t library_column(std::size_t column) {
  return static_cast<lxw_col_t>(column);
}

/// Writes cells as they were shown before.
class cell_writer {
public:
  cell_writer(lxw_workbook* book, const formats& look, sheet& to)
      : book_(book), look_(look), to_(to) {
  }

  void write(lxw_row_t row, std::size_t column, const read_cell& cell) {
    auto at = library_column(column);
    auto* format = format_of(column, cell.format);
    if (cell.number)
      to_.number(row, at, *cell.number, format);
    else if (cell.truth)
      to_.truth(row, at, *cell.truth, format);
    else
      to_.text(row, at, clean_cell(cell.text), format);
  }

private:
  lxw_format* format_of(std::size_t column, const number_format& wanted) {
    if (wanted.id == 0 && wanted.code.empty())
      return column == tracked_applied_on ? look_.date : nullptr;
    auto& made = made_[wanted];
    if (made)
      return made;
    made = workbook_add_format(book_);
    if (wanted.code.empty())
      format_set_num_format_index(made, wanted.id);
    else
      format_set_num_format(made, wanted.code.c_str());
    return made;
  }

  lxw_workbook* book_;
  const formats& look_;
  sheet& to_;
  std::map<number_format, lxw_format*> made_;
};

lxw_col_t write_header(sheet& to, const formats& look,
                       const tracked_rows& kept) {
  lxw_col_t col = 0;
  for (const auto* title : tracking_headers) {
    to.width(col, widths[col]);
    to.text(0, col++, title, look.header);
  }
  for (const auto& title : kept.more_headers) {
    to.width(col, width_of_others);
    to.text(0, col++, clean_cell(title), look.header);
  }
  return static_cast<lxw_col_t>(col - 1);
}

/// What Jobs_All says of the job; what was known last if it is no longer there.
void write_job(sheet& to, lxw_row_t row, const tracked_row& one,
               std::size_t jobs) {
  for (const auto& [column, name] : looked_up)
    if (one.is_found || one.cells.count(column) == 0)
      to.formula(row, library_column(column), lookup(row, name, jobs));
}

void write_row(cell_writer& to, lxw_row_t row, const tracked_row& one) {
  for (const auto& [column, cell] : one.cells) {
    auto is_shown =
        column >= tracked_title && column <= tracked_location && one.is_found;
    if (!is_shown)
      to.write(row, column, cell);
  }
}

} // namespace

bool write_tracking(lxw_workbook* book, const formats& look, std::size_t jobs,
                    const tracked_rows& kept) {
  sheet to(book, std::string{tracking_sheet_name});
  auto last_column = write_header(to, look, kept);
  auto count = static_cast<lxw_row_t>(kept.rows.size());
  auto last = std::max(first_rows, count + more_rows);
  cell_writer cells(book, look, to);
  const tracked_row unfilled;
  for (lxw_row_t row = 1; row <= last; ++row) {
    const auto& one = row <= count ? kept.rows[row - 1] : unfilled;
    write_job(to, row, one, jobs);
    if (one.cells.count(tracked_applied_on) == 0)
      worksheet_write_blank(to.get(), row, tracked_applied_on, look.date);
    write_row(cells, row, one);
  }
  worksheet_freeze_panes(to.get(), 1, 1);
  worksheet_autofilter(to.get(), 0, 0, last, last_column);
  validate(to, last);
  write_lists(book);
  return !to.has_failed();
}

} // namespace jobfarm::report
