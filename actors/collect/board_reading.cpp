#include "actors/collect/board_reading.hpp"

#include "actors/collect/record_id.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace jobfarm::collect {

namespace {

std::string key_of(const task& from, std::int32_t page) {
  return "dup/p/" + board_part(from.source, from.board) + std::to_string(page);
}

bool has_line_break(const std::string& name) {
  return name.find('\n') != name.npos;
}

std::string lines_of(const std::string& query_id,
                     const std::vector<std::string>& shown) {
  auto lines = query_id;
  for (const auto& one : shown)
    lines += '\n' + one;
  return lines;
}

/// Adds the names of an earlier page; false if it was not read for this query.
bool add_names(shown_names& to, const std::string& lines,
               const std::string& query_id) {
  std::istringstream in(lines);
  std::string line;
  if (!std::getline(in, line) || line != query_id)
    return false;
  while (std::getline(in, line))
    to.add(line);
  return true;
}

} // namespace

expected<std::optional<shown_names>>
read_board(store::pending_view& view, const task& from,
           const std::optional<board_page>& here) {
  if (!here
      || std::any_of(here->names.begin(), here->names.end(), has_line_break))
    return std::optional<shown_names>{};
  if (here->goes_on) {
    view.put_index(key_of(from, from.page),
                   lines_of(from.query_id, here->names));
    return std::optional<shown_names>{};
  }
  shown_names all(here->names);
  auto is_whole = true;
  for (std::int32_t page = 0; page < from.page; ++page) {
    auto lines = view.lookup(key_of(from, page));
    if (!lines)
      return lines.error();
    const auto is_of_query = add_names(all, lines->value_or(""), from.query_id);
    is_whole = is_whole && is_of_query;
    if (is_of_query)
      view.remove_index(key_of(from, page));
  }
  all.end();
  return is_whole ? std::optional{std::move(all)} : std::nullopt;
}

} // namespace jobfarm::collect
