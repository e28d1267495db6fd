#pragma once

#include "actors/report/table.hpp"

#include <xlsxwriter.h>

#include <string>
#include <string_view>

namespace jobfarm::report {

/// The formats that sheets of one workbook share.
struct formats {
  explicit formats(lxw_workbook* book);

  lxw_format* title;
  lxw_format* label;
  lxw_format* header;
  lxw_format* money;
  lxw_format* score;
  lxw_format* percent;
  lxw_format* date;
  lxw_format* link;
  lxw_format* warning;
  lxw_format* good;
  lxw_format* fair;
};

/// A worksheet written row by row. Remembers the first error of the library
/// and what could not be kept (links beyond Excel's limit).
class sheet {
public:
  sheet(lxw_workbook* book, const std::string& name);

  /// Texts are texts, whatever they look like.
  void text(lxw_row_t row, lxw_col_t col, const std::string& value,
            lxw_format* format = nullptr);
  void number(lxw_row_t row, lxw_col_t col, double value,
              lxw_format* format = nullptr);
  /// A link shown as "open"; plain text where Excel would refuse it.
  void link(lxw_row_t row, lxw_col_t col, const std::string& url,
            lxw_format* format);
  void width(lxw_col_t col, double characters);

  lxw_worksheet* get() const noexcept {
    return sheet_;
  }
  const std::string& name() const noexcept {
    return name_;
  }
  bool has_failed() const noexcept {
    return failed_;
  }

private:
  void note(lxw_error error);

  std::string name_;
  lxw_worksheet* sheet_;
  std::size_t links_ = 0;
  bool failed_ = false;
};

/// Writes the header row and the rows of a table below it, with filter, frozen
/// panes, widths from content, and colours. `first` is the header's row;
/// `count` columns of each row are written.
void write_table(sheet& to, const formats& look, lxw_row_t first,
                 std::size_t count, const std::vector<const row*>& rows);

/// A sheet name that Excel accepts: 31 characters, none of []:*?/\.
std::string sheet_name(std::string_view wanted);

} // namespace jobfarm::report
