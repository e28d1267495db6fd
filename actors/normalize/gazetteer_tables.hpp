#pragma once

#include <simdjson.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// Reading the files that the gazetteer is made of.
namespace jobfarm::normalize {

namespace fs = std::filesystem;

/// All bytes of a file; empty if it cannot be read.
std::string read_file(const fs::path& path);

/// A member of a JSON object; empty if it is no text.
std::string text_at(simdjson::dom::object object, std::string_view key);

/// Calls `take(type, name)` for each `<ELEMENT type="X">NAME</` of a CLDR file.
template <class Take>
void scan_cldr(const fs::path& path, const std::string& element, Take take) {
  auto xml = read_file(path);
  auto open = '<' + element + " type=\"";
  for (auto at = xml.find(open); at != xml.npos; at = xml.find(open, at + 1)) {
    auto type = at + open.size();
    auto type_end = xml.find('"', type);
    auto text = xml.find('>', type_end);
    auto end = xml.find('<', text);
    if (end == xml.npos)
      break;
    take(xml.substr(type, type_end - type),
         xml.substr(text + 1, end - text - 1));
  }
}

/// Translations of one GNU message file, by message id (GNU gettext manual,
/// "The Format of GNU MO Files").
template <class Take>
void scan_mo(const fs::path& path, Take take) {
  auto mo = read_file(path);
  auto word = [&](std::size_t at) {
    std::uint32_t value = 0;
    if (at + 4 <= mo.size())
      std::memcpy(&value, mo.data() + at, 4);
    return value;
  };
  if (word(0) != 0x950412de)
    return;
  for (std::uint32_t i = 0; i < word(8); ++i) {
    auto text = [&](std::uint32_t table) {
      auto length = word(table + i * 8);
      auto offset = word(table + i * 8 + 4);
      return offset + length <= mo.size() ? mo.substr(offset, length) : "";
    };
    take(text(word(12)), text(word(16)));
  }
}

/// The rows of a table with so many columns; `#` begins a comment.
/// Throws std::runtime_error if it cannot be read.
std::vector<std::vector<std::string>> rows_of(const fs::path& table,
                                              std::size_t columns);

} // namespace jobfarm::normalize
