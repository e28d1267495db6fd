#include "cli/board_directory.hpp"

#include "actors/sources/source.hpp"
#include "cli/line_filter.hpp"
#include "cli/places.hpp"

#include <algorithm>

namespace jobfarm::cli {

namespace {

/// Takes the next record off `rest`; false at the end. RFC 4180 section 2.
bool next_record(std::string_view& rest, std::vector<std::string>& fields,
                 std::size_t& line) {
  if (rest.empty())
    return false;
  fields.assign(1, {});
  bool quoted = false;
  std::size_t i = 0;
  for (; i < rest.size(); ++i) {
    auto c = rest[i];
    line += c == '\n';
    if (quoted) {
      if (c != '"')
        fields.back() += c;
      else if (i + 1 < rest.size() && rest[i + 1] == '"')
        fields.back() += rest[++i];
      else
        quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      fields.emplace_back();
    } else if (c == '\n') {
      ++i;
      break;
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  rest.remove_prefix(i);
  return true;
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n") == text.npos)
    return text;
  std::string out = "\"";
  for (char c : text)
    out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

} // namespace

expected<std::vector<board>> parse_boards(std::string_view csv,
                                          const std::string& name) {
  std::vector<board> boards;
  std::vector<std::string> fields;
  std::size_t next_line = 1;
  for (auto line = next_line; next_record(csv, fields, next_line);
       line = next_line) {
    auto where = name + ':' + std::to_string(line) + ": ";
    auto is_blank = fields.size() == 1 && fields[0].empty();
    if (is_blank || fields[0].rfind('#', 0) == 0 || fields[0] == "ats")
      continue;
    if (fields.size() < 2 || fields[1].empty())
      return fail(errc::invalid_input,
                  where + "a board is `ats,token,company`");
    if (!sources::find_source(fields[0]))
      return fail(errc::invalid_input, where + "unknown source \"" + fields[0]
                                           + "\"; jobfarm sources lists them");
    boards.push_back(
        {fields[0], fields[1], fields.size() > 2 ? fields[2] : std::string{}});
  }
  return boards;
}

expected<std::vector<board>> read_boards(const std::string& path) {
  auto csv = read_all(path);
  if (!csv)
    return csv.error();
  return parse_boards(*csv, path == "-" ? "stdin" : path);
}

std::string format_boards(std::vector<board> boards) {
  auto key = [](const board& one) { return std::tie(one.source, one.token); };
  std::stable_sort(
      boards.begin(), boards.end(),
      [&](const board& a, const board& b) { return key(a) < key(b); });
  boards.erase(std::unique(boards.begin(), boards.end(),
                           [&](const board& a, const board& b) {
                             return key(a) == key(b);
                           }),
               boards.end());
  std::string csv = "ats,token,company\n";
  for (const auto& one : boards)
    csv += quoted(one.source) + ',' + quoted(one.token) + ','
           + quoted(one.company) + '\n';
  return csv;
}

std::string bundled_boards_file() {
  return find_shared_file("boards.csv");
}

std::string user_boards_file(const std::string& data_dir) {
  return data_dir + "/boards.csv";
}

} // namespace jobfarm::cli
