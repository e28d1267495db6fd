#pragma once

#include "messages/byte_block.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace jobfarm::block {

/// A string of 32 bytes at most as two blocks, which may cover the same bytes.
/// Without a branch: the room of a string has sixteen bytes whatever its size,
/// and behind the end of a shorter one stands anything.
struct short_string {
  explicit short_string(const std::string& text)
      : last_at(std::max(text.size(), size) - size),
        first(load(text.data())),
        last(load(text.data() + last_at)) {
  }

  /// Writes both to where there is room for 32 bytes.
  void copy_to(char* to) const {
    store(to, first);
    store(to + last_at, last);
  }

  std::size_t last_at;
  bytes first;
  bytes last;
};

} // namespace jobfarm::block
