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

  /// How many words there are.
  std::size_t count() const noexcept {
    return count_;
  }

  /// A word, in order. `block::size` bytes from its first on may be read,
  /// however few it has.
  std::string_view word(std::size_t number) const noexcept {
    const auto* edges = &edges_[2 * number];
    return {text_.get() + edges[0], edges[1] - edges[0]};
  }

private:
  void make_lower(std::string_view text);
  void cut();

  std::unique_ptr<char[]> text_;
  std::size_t size_ = 0;
  /// Where each word begins and ends.
  std::unique_ptr<std::uint32_t[]> edges_;
  std::size_t count_ = 0;
};

} // namespace jobfarm::dedupe
