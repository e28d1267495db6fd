#pragma once

#include "messages/byte_block.hpp"

#include <algorithm>
#include <array>
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

  /// Calls `take(address, bytes)` for each word, in order. `block::size` bytes
  /// from its first on may be read, however few it has. Linear.
  template <class Take>
  void each(Take take) {
    const char* begun = nullptr;
    // The padding ends the last word.
    for (std::size_t at = 0; at <= size_; at += piece_size) {
      const auto* piece = text_.get() + at;
      const auto* edge = edges_.data();
      const auto* end =
          find_edges(piece, std::min(piece_size, size_ + 1 - at), begun);
      if (begun && edge != end) {
        take(begun, static_cast<std::size_t>(piece + *edge++ - begun));
        begun = nullptr;
      }
      for (const auto* last = end - (end - edge) % 2; edge != last; edge += 2)
        take(piece + edge[0], std::size_t{edge[1]} - edge[0]);
      if (edge != end)
        begun = piece + *edge;
    }
  }

private:
  /// Cut at a time.
  static constexpr std::size_t piece_size = 32 * block::group_size;

  using offset = std::uint16_t;

  void make_lower(std::string_view text);
  const offset* find_edges(const char* piece, std::size_t size, bool is_inside);

  std::unique_ptr<char[]> text_;
  std::size_t size_ = 0;
  /// Where words begin and end in a piece, in turn; and room for eight more.
  std::array<offset, piece_size + 8> edges_;
};

} // namespace jobfarm::dedupe
