#pragma once

#include "actors/report/streamed_table.hpp"

#include <xlsxwriter.h>

#include <string>
#include <string_view>

namespace jobfarm::report {

/// The formats that sheets of one workbook share.
struct formats {
  explicit formats(lxw_workbook* book);

  /// What the cells of streamed rows refer to. Call before the book is closed.
  cell_styles numbers() const;

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

/// A worksheet written row by row. Remembers the first error of the library.
class sheet {
public:
  sheet(lxw_workbook* book, const std::string& name);

  /// Texts are texts, whatever they look like.
  void text(lxw_row_t row, lxw_col_t col, const std::string& value,
            lxw_format* format = nullptr);
  void number(lxw_row_t row, lxw_col_t col, double value,
              lxw_format* format = nullptr);
  void truth(lxw_row_t row, lxw_col_t col, bool value, lxw_format* format);
  /// One of ours, whose value nobody has calculated yet.
  void formula(lxw_row_t row, lxw_col_t col, const std::string& text);
  void width(lxw_col_t col, double characters);

  lxw_worksheet* get() const noexcept {
    return sheet_;
  }
  const std::string& name() const noexcept {
    return name_;
  }
  /// Its number in the workbook, from 1.
  int number() const noexcept {
    return static_cast<int>(sheet_->index) + 1;
  }
  bool has_failed() const noexcept {
    return failed_;
  }

private:
  void note(lxw_error error);

  std::string name_;
  lxw_worksheet* sheet_;
  bool failed_ = false;
};

/// Writes all of a table but its rows: the header, in row `first`, filter,
/// frozen panes, widths from the content of `rows`, and colours; `count`
/// columns of it.
void write_frame(sheet& to, const formats& look, lxw_row_t first,
                 std::size_t count, const std::vector<const row*>& rows);

/// A sheet name that Excel accepts: 31 characters, none of []:*?/\.
std::string sheet_name(std::string_view wanted);

} // namespace jobfarm::report
