#pragma once

#include <string_view>

namespace jobfarm::normalize {

/// Calls `take(begin, end, span)` for the runs of one to `most` words that
/// begin at `begin` of a normalised title, longer ones first.
template <class Take>
void for_each_span_at(std::string_view title, std::size_t begin,
                      std::size_t most, Take take) {
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
}

/// The same for every word that they may begin with, from left to right.
template <class Take>
void for_each_span(std::string_view title, std::size_t most, Take take) {
  for (std::size_t begin = 0; begin < title.size();) {
    for_each_span_at(title, begin, most, take);
    auto next = title.find(' ', begin);
    begin = next == title.npos ? title.size() : next + 1;
  }
}

} // namespace jobfarm::normalize
