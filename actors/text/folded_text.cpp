#include "actors/text/folded_text.hpp"

#include "actors/text/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace jobfarm::text {

folded_text::folded_text(std::string_view original) : original_(original) {
  folded_.reserve(original.size());
  for (std::size_t at = 0; at < original.size();) {
    auto c = original[at];
    if (static_cast<unsigned char>(c) < 0x80) {
      folded_ += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      ++at;
      continue;
    }
    utf8proc_int32_t point = 0;
    auto length = utf8proc_iterate(
        reinterpret_cast<const utf8proc_uint8_t*>(original.data() + at),
        static_cast<utf8proc_ssize_t>(original.size() - at), &point);
    auto size = length > 0 ? static_cast<std::size_t>(length) : 1;
    auto before = folded_.size();
    fold_point(folded_, length > 0 ? static_cast<char32_t>(point) : 0xFFFD);
    at += size;
    if (folded_.size() - before != size)
      shifts_.push_back({folded_.size(), at});
  }
}

std::size_t folded_text::to_original(std::size_t at) const {
  auto next = std::upper_bound(
      shifts_.begin(), shifts_.end(), at,
      [](std::size_t wanted, const shift& one) { return wanted < one.folded; });
  if (next == shifts_.begin())
    return std::min(at, original_.size());
  const auto& last = *(next - 1);
  auto end = next == shifts_.end() ? original_.size() : next->original;
  return std::min(last.original + (at - last.folded), end);
}

std::size_t folded_text::to_folded(std::size_t at) const {
  auto next = std::upper_bound(shifts_.begin(), shifts_.end(), at,
                               [](std::size_t wanted, const shift& one) {
                                 return wanted < one.original;
                               });
  if (next == shifts_.begin())
    return std::min(at, folded_.size());
  const auto& last = *(next - 1);
  auto end = next == shifts_.end() ? folded_.size() : next->folded;
  return std::min(last.folded + (at - last.original), end);
}

std::string_view folded_text::original_between(std::size_t begin,
                                               std::size_t end) const {
  auto from = to_original(begin);
  auto to = std::max(from, to_original(end));
  return original_.substr(from, to - from);
}

} // namespace jobfarm::text
