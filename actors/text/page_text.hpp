#pragma once

#include "messages/byte_sink.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace jobfarm::text {

/// The text as it grows: white space is folded, line breaks are collected and
/// written before the next visible character.
class page_text {
public:
  void visible(std::string_view run) {
    auto* to = begin_run(run.size());
    end_run(to + run.copy(to, run.size()));
  }
  /// Writes what stands before visible characters; returns where they go, with
  /// room for `most`. What is written there counts up to `end_run`.
  char* begin_run(std::size_t most) {
    return before_visible(out_.room_for(most_before + most));
  }
  void end_run(const char* end) {
    out_.add_until(end);
  }
  void space() {
    space_ = true;
  }
  void line(int breaks) {
    block(breaks, false);
  }
  /// Begins or ends a block after so many line breaks, an element without a
  /// block after none; an item is marked. Without a branch, as which one comes
  /// cannot be foretold.
  void block(int breaks, bool is_item) {
    cell_ = cell_ && !is_item;
    // A paragraph that begins a cell stands beside the cell before.
    if (cell_)
      return;
    breaks_ = std::max(breaks_, breaks);
    space_ = space_ & (breaks == 0);
    bullet_ = is_item | (bullet_ & (breaks == 0));
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
    return std::string{out_.view()};
  }

private:
  /// How many lines the cells of this row have so far.
  enum class row_lines { none, one, many };

  /// What may be written before a run: a cell's bar and a bullet.
  static constexpr std::size_t most_before = 5;

  /// Without a branch for what is frequent, as it cannot be foretold.
  char* before_visible(char* to) {
    row_ = row_ == row_lines::none                 ? row_lines::one
           : row_ == row_lines::one && breaks_ > 0 ? row_lines::many
                                                   : row_;
    auto is_first = out_.size() == 0;
    to[0] = breaks_ > 0 ? '\n' : ' ';
    to[1] = '\n';
    std::size_t gap = breaks_ > 0 ? static_cast<unsigned>(breaks_) : space_;
    if (cell_ && breaks_ == 0)
      gap = std::string_view{" | "}.copy(to, 3);
    gap = is_first ? 0 : gap;
    to[gap] = '-';
    to[gap + 1] = ' ';
    to += gap + (bullet_ ? 2 : 0);
    breaks_ = 0;
    space_ = cell_ = bullet_ = false;
    return to;
  }

  byte_sink out_;
  int breaks_ = 0;
  bool space_ = false;
  bool cell_ = false;
  bool bullet_ = false;
  row_lines row_ = row_lines::none;
};

} // namespace jobfarm::text
