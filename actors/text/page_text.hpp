#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace jobfarm::text {

/// The text as it grows: white space is folded, line breaks are collected and
/// written before the next visible character.
class page_text {
public:
  explicit page_text(std::size_t size) {
    out_.reserve(size);
  }

  void visible(std::string_view run) {
    if (run.empty())
      return;
    before_visible();
    out_ += run;
  }
  void space() {
    space_ = true;
  }
  void line(int breaks) {
    // A paragraph that begins a cell stands beside the cell before.
    if (cell_)
      return;
    breaks_ = std::max(breaks_, breaks);
    space_ = false;
    bullet_ = false;
  }
  void item() {
    cell_ = false;
    line(1);
    bullet_ = true;
  }
  void row() {
    cell_ = false;
    line(1);
    row_ = row_lines::none;
  }
  /// A cell stands on the line of the cells before it, if they are one line.
  void cell() {
    if (row_ == row_lines::one) {
      breaks_ = 0;
      cell_ = true;
    } else if (row_ == row_lines::many) {
      line(1);
    }
  }
  /// Newlines of preformatted and plain text.
  void hard_line() {
    breaks_ = std::min(breaks_ + 1, 2);
    space_ = false;
  }
  std::string take() {
    return std::move(out_);
  }

private:
  /// How many lines the cells of this row have so far.
  enum class row_lines { none, one, many };

  void before_visible() {
    row_ = row_ == row_lines::none                 ? row_lines::one
           : row_ == row_lines::one && breaks_ > 0 ? row_lines::many
                                                   : row_;
    if (out_.empty())
      ;
    else if (breaks_ > 0)
      out_.append(static_cast<std::size_t>(breaks_), '\n');
    else if (cell_)
      out_ += " | ";
    else if (space_)
      out_ += ' ';
    if (bullet_)
      out_ += "- ";
    breaks_ = 0;
    space_ = cell_ = bullet_ = false;
  }

  std::string out_;
  int breaks_ = 0;
  bool space_ = false;
  bool cell_ = false;
  bool bullet_ = false;
  row_lines row_ = row_lines::none;
};

} // namespace jobfarm::text
