#pragma once

#include "actors/dedupe/kept_room.hpp"
#include "actors/text/folded_text.hpp"
#include "messages/byte_block.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jobfarm::dedupe {

/// A text in lower case, cut into its words: runs of Unicode letters, digits
/// and `_`. Bytes that are no UTF-8 part words. Texts that come one after the
/// other get the same room.
class lower_words {
public:
  /// Linear.
  void take(std::string_view text);

  /// The same of one that was folded, which has mostly made it lower case, too.
  /// It must stay where it is.
  void take(const text::folded_text& text);

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
      const auto* piece = text_ + at;
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

  const offset* find_edges(const char* piece, std::size_t size, bool is_inside);

  kept_room<char> room_;
  /// A group that is part of no word stands behind it.
  const char* text_ = nullptr;
  std::size_t size_ = 0;
  /// The high bit of each byte, where those beyond ASCII are parts of words.
  block::bytes wide_{};
  /// Where words begin and end in a piece, in turn; and room for eight more.
  std::array<offset, piece_size + 8> edges_;
};

} // namespace jobfarm::dedupe
