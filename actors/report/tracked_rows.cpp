#include "actors/report/tracked_rows.hpp"

#include <algorithm>
#include <filesystem>
#include <unordered_set>
#include <utility>

namespace jobfarm::report {

namespace {

/// The column of each column that was read, by its header.
using column_places = std::map<std::uint32_t, std::size_t>;

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\n");
  if (begin == text.npos)
    return {};
  return text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

/// The row of the headers; 0 if there is none.
std::uint32_t header_row(const std::vector<read_cell>& cells) {
  for (const auto& one : cells)
    if (trimmed(one.text) == tracking_headers[tracked_id])
      return one.row;
  return 0;
}

/// A column is known by its header, wherever it stands now.
column_places known_columns(const std::vector<read_cell>& cells,
                            std::uint32_t header) {
  column_places places;
  std::unordered_set<std::size_t> taken;
  for (const auto& one : cells) {
    const auto known = std::find(tracking_headers.begin(),
                                 tracking_headers.end(), trimmed(one.text));
    const auto column =
        static_cast<std::size_t>(known - tracking_headers.begin());
    if (one.row == header && known != tracking_headers.end()
        && taken.insert(column).second)
      places[one.column] = column;
  }
  return places;
}

/// The others stay in their order, whether they have a header or not.
void place_others(column_places& places, const std::vector<read_cell>& cells,
                  std::uint32_t header, tracked_rows& tracked) {
  std::map<std::uint32_t, std::string> others;
  for (const auto& one : cells)
    if (places.count(one.column) == 0) {
      auto& title = others[one.column];
      if (one.row == header)
        title = one.text;
    }
  for (auto& [column, title] : others) {
    places[column] = tracking_headers.size() + tracked.more_headers.size();
    tracked.more_headers.push_back(std::move(title));
  }
}

bool is_looked_up(std::size_t column) {
  return column >= tracked_title && column <= tracked_location;
}

/// Whether a person has put down anything.
bool is_filled(const tracked_row& one) {
  return std::any_of(one.cells.begin(), one.cells.end(), [](const auto& cell) {
    return cell.first == tracked_id || !cell.second.is_formula;
  });
}

bool is_worth_keeping(const read_cell& cell, std::size_t column) {
  return cell.number || cell.truth
         || (!trimmed(cell.text).empty()
             && !(is_looked_up(column) && cell.text == not_in_this_workbook));
}

std::string id_of(const tracked_row& one) {
  auto found = one.cells.find(tracked_id);
  return found == one.cells.end() ? "" : trimmed(found->second.text);
}

expected<tracked_rows> tracked_of(std::vector<read_cell> cells) {
  tracked_rows tracked;
  if (cells.empty())
    return tracked;
  const auto header = header_row(cells);
  if (header == 0)
    return fail(errc::bad_payload, "its sheet "
                                       + std::string{tracking_sheet_name}
                                       + " has no column \"Job ID\"");
  auto places = known_columns(cells, header);
  place_others(places, cells, header, tracked);
  std::map<std::uint32_t, tracked_row> rows;
  for (auto& one : cells) {
    const auto column = places.at(one.column);
    if (one.row != header && is_worth_keeping(one, column))
      rows[one.row].cells.emplace(column, std::move(one));
  }
  for (auto& [number, one] : rows)
    if (is_filled(one)) {
      one.id = id_of(one);
      tracked.rows.push_back(std::move(one));
    }
  return tracked;
}

/// There is nothing to be lost.
bool is_absent(const std::string& path) {
  std::error_code none;
  return !std::filesystem::is_regular_file(path, none)
         || std::filesystem::file_size(path, none) == 0;
}

} // namespace

expected<tracked_rows> read_tracked(const std::string& path) {
  if (is_absent(path))
    return tracked_rows{};
  auto cells = read_cells(path, tracking_sheet_name, "Jobs_All");
  auto tracked = cells ? tracked_of(*std::move(cells))
                       : expected<tracked_rows>{cells.error()};
  if (tracked)
    return tracked;
  return fail(errc::invalid_input,
              "cannot keep what " + path + " holds: " + tracked.error().detail
                  + "; move it away, or choose another name for the report");
}

void find_jobs(tracked_rows& tracked, const std::deque<row>& jobs) {
  if (tracked.rows.empty())
    return;
  std::unordered_set<std::string_view> wanted;
  for (const auto& one : tracked.rows)
    if (!one.id.empty())
      wanted.insert(one.id);
  std::unordered_set<std::string_view> found;
  for (const auto& job : jobs)
    if (auto id = job[job_id_column].text; wanted.count(id) != 0)
      found.insert(id);
  for (auto& one : tracked.rows)
    one.is_found = found.count(one.id) != 0;
  std::stable_partition(tracked.rows.begin(), tracked.rows.end(),
                        [](const tracked_row& one) { return one.is_found; });
}

} // namespace jobfarm::report
