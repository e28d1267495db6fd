#include "actors/text/phrase_index.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace jobfarm::text {

namespace {

using phrase = phrase_index::phrase;

std::uint64_t low_bytes(std::size_t count) {
  return ~std::uint64_t{0} >> 8 * (max_head_bytes - count);
}

/// Longer begins of words would tell little more.
constexpr std::size_t longest_begin = 5;

} // namespace

phrase_index::phrase_index(std::vector<phrase> phrases) {
  set_keys(phrases);
  words_ = stems_ = key_table(phrases.size());
  std::stable_sort(
      phrases.begin(), phrases.end(), [&](const phrase& a, const phrase& b) {
        return std::tuple(a.is_stem, words_.row(a.key), a.text.size())
               < std::tuple(b.is_stem, words_.row(b.key), b.text.size());
      });
  for (std::size_t i = 0; i < phrases.size(); ++i)
    (phrases[i].is_stem ? stems_ : words_).add(phrases[i].key, i);
  rows_ = phrase_rows(std::move(phrases));
}

void phrase_index::set_keys(std::vector<phrase>& phrases) {
  auto shortest_stem = max_head_bytes;
  for (auto& one : phrases) {
    one.is_stem = phrase_rows::ends_in_head(one);
    if (one.is_stem)
      shortest_stem = std::min(shortest_stem, one.from_anchor().size());
  }
  stem_mask_ = low_bytes(shortest_stem);
  auto begin_size = std::min(shortest_stem + 1, longest_begin);
  begin_mask_ = low_bytes(begin_size);
  for (auto& one : phrases) {
    auto bytes = first_bytes(one.text, one.anchor);
    one.key =
        one.is_stem ? bytes & stem_mask_ : phrase_head(one.text, one.anchor);
    auto begin = one.is_stem ? bytes : one.key;
    add_begin(begin);
    // Anything may stand behind a stem that is shorter than a begin.
    if (one.is_stem && one.from_anchor().size() < begin_size)
      for (std::uint64_t next = 1; next <= 0xFF; ++next)
        add_begin(begin | next << 8 * (begin_size - 1));
  }
}

} // namespace jobfarm::text
