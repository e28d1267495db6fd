#pragma once

#include "messages/byte_block.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace jobfarm::normalize {

/// A few words of a text with blanks for hyphens and underscores, and a blank
/// before them. Kept in place.
class near_words {
public:
  /// Of a longer text the last so many bytes are kept.
  static constexpr std::size_t most = 64;

  explicit near_words(std::string_view text)
      : size_(std::min(text.size(), most)) {
    text.substr(text.size() - size_).copy(words(), size_);
    bytes_[0] = ' ';
    for (std::size_t at = 0; at < size_; at += block::size) {
      auto given = block::load(words() + at);
      auto hyphens = block::equal(given, '-') | block::equal(given, '_');
      block::store(words() + at, (given & ~hyphens) | (hyphens & ' '));
    }
  }

  operator std::string_view() const {
    return behind_blank().substr(1);
  }

  /// With the blank.
  std::string_view behind_blank() const {
    return {bytes_.data(), size_ + 1};
  }

private:
  char* words() {
    return bytes_.data() + 1;
  }

  std::array<char, 1 + most> bytes_{};
  std::size_t size_;
};

} // namespace jobfarm::normalize
