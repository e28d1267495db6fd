#pragma once

#include "actors/report/sheet_reader.hpp"
#include "actors/report/table.hpp"
#include "messages/expected.hpp"

#include <array>
#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::report {

/// The sheet whose rows are the user's.
constexpr std::string_view tracking_sheet_name = "Application_Tracking";

/// Its columns; behind them come those that the user has added.
enum tracking_column : std::size_t {
  tracked_id,
  tracked_title,
  tracked_company,
  tracked_location,
  tracked_status,
  tracked_priority,
  tracked_applied_on,
  tracked_next_step,
  tracked_notes,
};
constexpr std::array<const char*, 9> tracking_headers = {
    "Job ID",   "Title",      "Company",   "Location", "Status",
    "Priority", "Applied On", "Next Step", "Notes"};

/// What the sheet shows of a job whose id Jobs_All does not have.
constexpr std::string_view not_in_this_workbook = "not in this workbook";

/// A row that a user has filled.
struct tracked_row {
  /// Empty for a job that is not ours.
  std::string id;
  /// By column. Title, company and location as they were shown last.
  std::map<std::size_t, read_cell> cells;
  /// Whether the job is in the workbook that is written.
  bool is_found = false;
};

/// What a user has put down in a workbook.
struct tracked_rows {
  /// Of the columns that the user has added.
  std::vector<std::string> more_headers;
  std::vector<tracked_row> rows;
};

/// Reads what a user has put down in the workbook at `path`, if there is one.
/// Errors: invalid_input where a file stands there whose content would be lost:
/// it cannot be read, or is no workbook of ours.
expected<tracked_rows> read_tracked(const std::string& path);

/// Finds which rows are those of `jobs`, and puts the others behind them.
void find_jobs(tracked_rows& tracked, const std::deque<row>& jobs);

} // namespace jobfarm::report
