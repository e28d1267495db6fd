#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::text {

/// A text beside its `fold_ascii` form, with the way from a position in one to
/// the position in the other. Folded once, it serves every reader of a
/// description. Holds no copy of the original, which must outlive it.
class folded_text {
public:
  folded_text() = default;

  /// Folds `original`. Linear.
  explicit folded_text(std::string_view original);

  std::string_view original() const {
    return original_;
  }
  std::string_view folded() const {
    return folded_;
  }

  /// Where folded position `at` stands in the original. Logarithmic.
  std::size_t to_original(std::size_t at) const;

  /// Where position `at` of the original stands in the folded text.
  std::size_t to_folded(std::size_t at) const;

  /// The words of the original between two folded positions.
  std::string_view original_between(std::size_t begin, std::size_t end) const;

private:
  /// After a code point whose folded form has another length.
  struct shift {
    std::size_t folded = 0;
    std::size_t original = 0;
  };

  std::string_view original_;
  std::string folded_;
  std::vector<shift> shifts_;
};

} // namespace jobfarm::text
