#pragma once

#include "actors/report/pieces.hpp"
#include "actors/report/table.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::report {

/// Numbers of the formats that cells of a kind have in `xl/styles.xml`; 0 is
/// the plain one.
struct cell_styles {
  int number = 0;
  int score = 0;
  int date = 0;
  int link = 0;
};

/// The rows of a table below its header. libxlsxwriter keeps a kilobyte a
/// link until it closes the workbook and prints each cell with printf: it
/// makes the sheet without them, and they are streamed into its XML.
/// ECMA-376 part 1, 18.3.1: sheetData, hyperlinks.
class streamed_table {
public:
  /// `first` is the number of the first row, from 1; `count` columns of each
  /// row are written. The rows must outlive the table.
  streamed_table(std::uint32_t first, std::size_t count,
                 const cell_styles& styles, std::vector<const row*> rows);

  /// The sheet with its rows and links. `frame`: the sheet without. The table
  /// must outlive what is returned, here and below.
  piece_source sheet_of(const std::string& frame) const;

  /// The part that says where the sheet's links lead; empty without any.
  piece_source relationships() const;
  bool has_links() const noexcept {
    return !links_.empty();
  }

  /// No less than the bytes of either part but for those of `frame`.
  std::uint64_t most_bytes() const;

private:
  void append_row(std::string& out, std::size_t index) const;
  void append_link_cell(std::string& out, std::size_t index,
                        std::string_view url) const;
  void append_hyperlink(std::string& out, std::size_t i) const;
  void append_relationship(std::string& out, std::size_t i) const;
  std::string_view url_of_link(std::size_t i) const;
  std::string dimension() const;
  piece_source links() const;

  std::uint32_t first_;
  std::size_t count_;
  cell_styles styles_;
  std::vector<const row*> rows_;
  /// Indexes of the rows that have a link, and their column.
  std::vector<std::uint32_t> links_;
  std::size_t link_column_;
};

} // namespace jobfarm::report
