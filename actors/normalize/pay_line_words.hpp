#pragma once

#include "actors/normalize/pay_words.hpp"

#include <cstddef>
#include <vector>

namespace jobfarm::text {
class folded_text;
} // namespace jobfarm::text

namespace jobfarm::normalize {

/// The words of one line that say what amounts are, found when and where they
/// are asked for: around the first amount, and all of them if there is another
/// one elsewhere.
class pay_line_words {
public:
  /// The line stands from `begin` to `end` in the folded text, which must
  /// outlive this.
  pay_line_words(const text::folded_text& text, std::size_t begin,
                 std::size_t end)
      : text_(text), begin_(begin), end_(end) {
  }

  /// The words between two positions of the folded text, in order of their
  /// ends; positions count from `from`.
  std::vector<pay_hit> between(std::size_t from, std::size_t to);

  /// All of them; positions count from the line's begin.
  const std::vector<pay_hit>& all();

private:
  void find(std::size_t from, std::size_t to);

  const text::folded_text& text_;
  std::size_t begin_;
  std::size_t end_;
  /// What is read of the line.
  std::size_t read_from_ = 0;
  std::size_t read_to_ = 0;
  /// Positions count from `read_from_`.
  std::vector<pay_hit> hits_;
};

} // namespace jobfarm::normalize
