#include "actors/report/pieces.hpp"

#include <algorithm>

namespace jobfarm::report {

namespace {

/// Some 250 KB of a sheet's rows.
constexpr std::size_t items_a_piece = 256;

} // namespace

piece_source whole(std::string text) {
  return [text = std::move(text), is_done = false](std::string& out) mutable {
    if (is_done)
      return false;
    out += text;
    return is_done = true;
  };
}

piece_source joined(std::vector<piece_source> parts) {
  return [parts = std::move(parts),
          at = std::size_t{0}](std::string& out) mutable {
    while (at < parts.size() && !parts[at](out))
      ++at;
    return at < parts.size();
  };
}

piece_source
counted(std::size_t count,
        std::function<void(std::string& out, std::size_t i)> append_one) {
  return [count, append_one = std::move(append_one),
          at = std::size_t{0}](std::string& out) mutable {
    if (at == count)
      return false;
    for (auto end = std::min(count, at + items_a_piece); at < end; ++at)
      append_one(out, at);
    return true;
  };
}

} // namespace jobfarm::report
