#pragma once

#include <string_view>
#include <unordered_map>

namespace jobfarm::normalize {

/// Calls `take(begin, end, span)` for every run of one to `most` words of a
/// normalised title, from left to right, longer runs first.
template <class Take>
void for_each_span(std::string_view title, std::size_t most, Take take) {
  for (std::size_t begin = 0; begin < title.size();) {
    std::size_t ends[8];
    std::size_t count = 0;
    for (auto end = begin; count < most && count < 8 && end < title.size();) {
      end = title.find(' ', end);
      end = end == title.npos ? title.size() : end;
      ends[count++] = end++;
    }
    while (count > 0) {
      auto end = ends[--count];
      take(begin, end, title.substr(begin, end - begin));
    }
    auto next = title.find(' ', begin);
    begin = next == title.npos ? title.size() : next + 1;
  }
}

} // namespace jobfarm::normalize
