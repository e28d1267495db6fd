#pragma once

#include "actors/normalize/money.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace jobfarm::text {
class folded_text;
} // namespace jobfarm::text

namespace jobfarm::normalize {

/// Tells which amounts of a line are the bounds of one range. Holds no copy:
/// all it is given must outlive it.
class pay_ranges {
public:
  /// The line begins at `begin` of the original.
  pay_ranges(const text::folded_text& whole, std::string_view line,
             std::size_t begin, const std::vector<money>& amounts)
      : whole_(whole), line_(line), begin_(begin), amounts_(amounts) {
  }

  /// `above` is the line above as written, if it is a heading.
  void stand_below(std::string_view above) {
    above_ = above;
  }

  /// The last amount of the range that begins with amount `i`, `i` itself for
  /// one amount: "minimum - midpoint - maximum" has three.
  std::size_t last_of(std::size_t i) const;

private:
  bool is_graded(std::size_t i) const;
  bool is_range(std::size_t i) const;
  bool is_row_of_bounds(const money& a, const money& b) const;

  const text::folded_text& whole_;
  std::string_view line_;
  std::size_t begin_;
  std::string_view above_;
  const std::vector<money>& amounts_;
};

} // namespace jobfarm::normalize
