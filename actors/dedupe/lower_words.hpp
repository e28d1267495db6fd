#pragma once

#include "messages/byte_block.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace jobfarm::dedupe {

/// A text in lower case, cut into its words: runs of Unicode letters, digits
/// and `_`. Bytes that are no UTF-8 part words.
class lower_words {
public:
  /// Linear.
  explicit lower_words(std::string_view text);

  /// Bytes of all words and of what parts them.
  std::size_t size() const noexcept {
    return size_;
  }

  /// Calls `visit(const char* word, std::size_t bytes)` for each word, in
  /// order. `block::size` bytes from `word` on may be read, however few the
  /// word has.
  template <class Visit>
  void each(Visit visit) const {
    std::uint64_t is_inside = 0;
    std::size_t begin = 0;
    // The padding ends the last word.
    for (std::size_t at = 0; at <= size_; at += block::group_size) {
      const auto words = word_bits(at);
      auto edges = words ^ (words << 1 | is_inside);
      for (; edges != 0; edges &= edges - 1) {
        auto edge = at + static_cast<std::size_t>(__builtin_ctzll(edges));
        if ((is_inside ^= 1) != 0)
          begin = edge;
        else
          visit(text_.get() + begin, edge - begin);
      }
    }
  }

private:
  std::uint64_t word_bits(std::size_t at) const;

  std::unique_ptr<char[]> text_;
  std::size_t size_ = 0;
};

} // namespace jobfarm::dedupe
