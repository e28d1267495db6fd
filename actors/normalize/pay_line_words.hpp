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
/// one elsewhere. Its room serves one line after another.
class pay_line_words {
public:
  /// Turns to the line from `begin` to `end` of the folded text, which must
  /// outlive what is asked of it.
  void turn_to(const text::folded_text& text, std::size_t begin,
               std::size_t end);

  /// Makes `near()` the words between two positions of the folded text, in
  /// order of their ends; positions count from `origin`.
  void find_near(std::size_t from, std::size_t to, std::size_t origin);
  std::vector<pay_hit>& near() {
    return near_;
  }

  /// All of them; positions count from the line's begin.
  const std::vector<pay_hit>& all();

private:
  void find(std::size_t from, std::size_t to);

  const text::folded_text* text_ = nullptr;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  /// What is read of the line.
  std::size_t read_from_ = 0;
  std::size_t read_to_ = 0;
  /// Positions count from `read_from_`.
  std::vector<pay_hit> hits_;
  std::vector<pay_hit> near_;
};

} // namespace jobfarm::normalize
