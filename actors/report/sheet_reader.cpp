#include "actors/report/sheet_reader.hpp"

#include "actors/report/sheet_xml.hpp"
#include "actors/report/zip_package.hpp"

#include <cstdint>

namespace jobfarm::report {

namespace {

/// A workbook of a million jobs saved by Excel has texts of some 400 MB.
constexpr std::uint64_t most_part_bytes = 512u << 20;

/// 1904-01-01 is day 0 of workbooks that say so (ECMA-376 part 1, 18.17.4.1).
constexpr double days_until_1904 = 1462;

expected<void> visit(zip_package& book, const std::string& part,
                     xml_visitor& visitor) {
  xml_reader reader(visitor);
  auto read = book.stream(part, most_part_bytes, [&](std::string_view bytes) {
    return reader.read(bytes);
  });
  return read ? reader.finish() : read;
}

/// Gives cells their texts and formats, which stand in other parts.
expected<void> resolve(zip_package& book, const part_names& parts,
                       std::vector<unread_cell>& cells) {
  shared_texts texts(cells);
  if (texts.are_wanted())
    if (auto read = visit(book, parts.of_kind("/sharedStrings"), texts); !read)
      return read;
  number_styles styles;
  const auto part = parts.of_kind("/styles");
  if (!part.empty())
    if (auto read = visit(book, part, styles); !read)
      return read;
  for (auto& one : cells)
    one.cell.format = styles[one.style];
  return {};
}

} // namespace

expected<std::vector<read_cell>> read_cells(const std::string& path,
                                            std::string_view name,
                                            std::string_view other) {
  auto book = zip_package::open_to_read(path);
  if (!book)
    return book.error();
  sheet_list sheets;
  part_names parts;
  if (auto read = visit(*book, "xl/workbook.xml", sheets); !read)
    return read.error();
  if (auto read = visit(*book, "xl/_rels/workbook.xml.rels", parts); !read)
    return read.error();
  std::vector<read_cell> cells;
  const auto part = parts.of_id(sheets.id_of(name));
  if (part.empty() && !sheets.id_of(other).empty())
    return cells;
  if (part.empty())
    return fail(errc::not_found, "it has no sheet " + std::string{name});
  sheet_cells sheet;
  if (auto read = visit(*book, part, sheet); !read)
    return read.error();
  auto unread = sheet.take();
  if (auto resolved = resolve(*book, parts, unread); !resolved)
    return resolved.error();
  for (auto& one : unread) {
    if (sheets.are_from_1904() && one.cell.number && is_date(one.cell.format))
      *one.cell.number += days_until_1904;
    cells.push_back(std::move(one.cell));
  }
  return cells;
}

} // namespace jobfarm::report
