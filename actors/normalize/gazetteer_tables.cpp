#include "actors/normalize/gazetteer_tables.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace jobfarm::normalize {

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string text_at(simdjson::dom::object object, std::string_view key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? std::string{text} : "";
}

std::vector<std::vector<std::string>> rows_of(const fs::path& table,
                                              std::size_t columns) {
  std::ifstream in(table);
  if (!in)
    throw std::runtime_error("cannot read " + table.string());
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> row;
    for (std::size_t at = 0; at <= line.size();) {
      auto end = std::min(line.find('\t', at), line.size());
      row.push_back(line.substr(at, end - at));
      at = end + 1;
    }
    if (line.rfind('#', 0) != 0 && row.size() == columns)
      rows.push_back(std::move(row));
  }
  return rows;
}

} // namespace jobfarm::normalize
