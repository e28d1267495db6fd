#pragma once

#include "actors/report/pieces.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace jobfarm::report {

/// What makes rows of a sheet one named table (ECMA-376 part 1, 18.5): banded,
/// with a button to filter by at each column. libxlsxwriter has none for sheets
/// that it does not keep in memory.
struct table_part {
  /// What formulas call it.
  std::string name;
  /// Its number in the workbook, from 1.
  int number = 1;

  /// `xl/tables/tableN.xml`.
  std::string path() const;
  /// The part, of a table with its header in row 1 and the first `count` of
  /// `columns()`.
  piece_source content(std::size_t count, std::size_t rows) const;
  /// `[Content_Types].xml` that names the part too.
  std::string announced_in(std::string content_types) const;
};

/// "A1:W51": where a table of that size stands, which has a row at least.
std::string table_range(std::size_t count, std::size_t rows);

} // namespace jobfarm::report
