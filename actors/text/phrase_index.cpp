#include "actors/text/phrase_index.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::text {

namespace {

using phrase = phrase_index::phrase;

std::string_view from_anchor(const phrase& one) {
  return std::string_view{one.text}.substr(one.anchor);
}

/// Whether a head may go on behind the end of the phrase.
bool is_stem(const phrase& one) {
  auto size = one.text.size();
  auto may_go_on = one.is_open || !is_word_before(one.text, size);
  return one.is_part
         || (may_go_on
             && one.anchor + head_size(one.text + 'a', one.anchor) > size);
}

std::uint64_t low_bytes(std::size_t count) {
  return ~std::uint64_t{0} >> 8 * (max_head_bytes - count);
}

bool is_same(char c, char known, std::string_view blanks) {
  return c == known || (known == ' ' && blanks.find(c) != blanks.npos);
}

} // namespace

phrase_index::phrase_index(std::vector<phrase> phrases)
    : phrases_(std::move(phrases)) {
  auto shortest_stem = max_head_bytes;
  for (const auto& one : phrases_)
    if (is_stem(one))
      shortest_stem = std::min(shortest_stem, from_anchor(one).size());
  stem_mask_ = low_bytes(shortest_stem);
  for (auto& one : phrases_)
    one.key = is_stem(one) ? first_bytes(one.text, one.anchor) & stem_mask_
                           : phrase_head(one.text, one.anchor);
  std::stable_sort(phrases_.begin(), phrases_.end(),
                   [](const phrase& a, const phrase& b) {
                     return std::pair(a.key, a.text.size())
                            < std::pair(b.key, b.text.size());
                   });
  std::vector<std::uint64_t> keys;
  for (auto& one : phrases_) {
    keys.push_back(one.key);
    auto behind = from_anchor(one).substr(0, max_head_bytes);
    auto size = std::min(one.anchor, max_head_bytes);
    auto before = std::string_view{one.text}.substr(one.anchor - size, size);
    one.is_known = before.size() + behind.size() == one.text.size()
                   && one.text.find(' ') == one.text.npos;
    anchors_.push_back(
        {known_of(behind, 0), known_of(before, max_head_bytes - size)});
  }
  keys_ = key_table(keys);
}

phrase_index::known_bytes phrase_index::known_of(std::string_view part,
                                                 std::size_t first) {
  std::string bytes(max_head_bytes, '\0');
  std::string mask = bytes;
  for (std::size_t i = 0; i < part.size(); ++i)
    if (part[i] != ' ') {
      bytes[first + i] = part[i];
      mask[first + i] = '\xFF';
    }
  return {first_bytes(bytes, 0), first_bytes(mask, 0)};
}

bool phrase_index::stands_at(std::string_view text, std::size_t begin,
                             const phrase& one) {
  auto end = begin + one.text.size();
  for (std::size_t i = 0; !one.is_known && i < one.text.size(); ++i)
    if (!is_same(text[begin + i], one.text[i], one.blanks))
      return false;
  auto begins_word = one.is_part || !is_word_before(text, begin)
                     || !is_word_at(text, begin);
  auto ends_word =
      one.is_open || !is_word_before(text, end) || !is_word_at(text, end);
  return begins_word && ends_word;
}

} // namespace jobfarm::text
