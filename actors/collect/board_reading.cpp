#include "actors/collect/board_reading.hpp"

#include "actors/collect/record_id.hpp"
#include "actors/collect/settlement.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>

namespace jobfarm::collect {

namespace {

using names = std::vector<std::string>;

std::string key_of(const task& from, std::int32_t page) {
  return "dup/p/" + board_part(from.source, from.board) + std::to_string(page);
}

bool has_line_break(const std::string& name) {
  return name.find('\n') != name.npos;
}

std::string lines_of(const std::string& query_id, const names& shown) {
  auto lines = query_id;
  for (const auto& one : shown)
    lines += '\n' + one;
  return lines;
}

/// The names of an earlier page, nothing if it was not read for this query.
std::optional<names> names_in(const std::string& lines,
                              const std::string& query_id) {
  std::istringstream in(lines);
  std::string line;
  if (!std::getline(in, line) || line != query_id)
    return std::nullopt;
  names shown;
  while (std::getline(in, line))
    shown.push_back(std::move(line));
  return shown;
}

} // namespace

expected<std::optional<names>> read_board(store::pending_view& view,
                                          const task& from,
                                          const task_outcome& outcome) {
  auto here = board_page_of(from, outcome);
  if (!here
      || std::any_of(here->names.begin(), here->names.end(), has_line_break))
    return std::optional<names>{};
  if (here->goes_on) {
    view.put_index(key_of(from, from.page),
                   lines_of(from.query_id, here->names));
    return std::optional<names>{};
  }
  auto is_whole = true;
  for (std::int32_t page = 0; page < from.page; ++page) {
    auto lines = view.lookup(key_of(from, page));
    if (!lines)
      return lines.error();
    auto shown = names_in(lines->value_or(""), from.query_id);
    is_whole = is_whole && shown;
    if (!shown)
      continue;
    view.remove_index(key_of(from, page));
    std::move(shown->begin(), shown->end(), std::back_inserter(here->names));
  }
  return is_whole ? std::optional{std::move(here->names)} : std::nullopt;
}

} // namespace jobfarm::collect
