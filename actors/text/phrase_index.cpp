#include "actors/text/phrase_index.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace jobfarm::text {

namespace {

using phrase = phrase_index::phrase;

std::string_view from_anchor(const phrase& one) {
  return std::string_view{one.text}.substr(one.anchor);
}

std::uint64_t low_bytes(std::size_t count) {
  return ~std::uint64_t{0} >> 8 * (max_head_bytes - count);
}

/// Longer begins of words would tell little more.
constexpr std::size_t longest_begin = 5;

bool is_same(char c, char known, std::string_view blanks) {
  return c == known || (known == ' ' && blanks.find(c) != blanks.npos);
}

} // namespace

bool phrase_index::ends_in_head(const phrase& one) {
  auto size = one.text.size();
  auto may_go_on = one.is_open || !is_word_before(one.text, size);
  return one.is_part
         || (may_go_on
             && one.anchor + head_size(one.text + 'a', one.anchor) > size);
}

phrase_index::phrase_index(std::vector<phrase> phrases)
    : phrases_(std::move(phrases)) {
  auto shortest_stem = max_head_bytes;
  for (auto& one : phrases_) {
    one.is_stem = ends_in_head(one);
    if (one.is_stem)
      shortest_stem = std::min(shortest_stem, from_anchor(one).size());
    auto has_blanks =
        !one.blanks.empty() && one.text.find(' ') != one.text.npos;
    one.is_known = one.anchor <= block::size
                   && from_anchor(one).size() <= block::size && !has_blanks;
  }
  stem_mask_ = low_bytes(shortest_stem);
  auto begin_size = std::min(shortest_stem + 1, longest_begin);
  begin_mask_ = low_bytes(begin_size);
  for (auto& one : phrases_) {
    one.key = one.is_stem ? first_bytes(one.text, one.anchor) & stem_mask_
                          : phrase_head(one.text, one.anchor);
    auto begin = one.is_stem ? first_bytes(one.text, one.anchor) : one.key;
    is_begin_[begin_of(begin)] = 1;
    // Anything may stand behind a stem that is shorter than a begin.
    if (one.is_stem && from_anchor(one).size() < begin_size)
      for (std::uint64_t next = 1; next <= 0xFF; ++next)
        is_begin_[begin_of(begin | next << 8 * (begin_size - 1))] = 1;
  }
  words_ = stems_ = key_table(phrases_.size());
  std::stable_sort(
      phrases_.begin(), phrases_.end(), [&](const phrase& a, const phrase& b) {
        return std::tuple(a.is_stem, words_.row(a.key), a.text.size())
               < std::tuple(b.is_stem, words_.row(b.key), b.text.size());
      });
  looks_.resize(phrases_.size() + 1);
  for (const auto& one : phrases_) {
    auto& table = one.is_stem ? stems_ : words_;
    table.add(one.key, anchors_.size());
    anchors_.push_back(surroundings_of(one));
    look own{nearest(anchors_.back().bytes), nearest(anchors_.back().mask)};
    auto row = table.find(one.key);
    auto& common = looks_[row.first];
    if (row.count == 1)
      common = own;
    common.mask &= own.mask & block::equal(common.bytes ^ own.bytes, 0);
    common.bytes &= common.mask;
  }
}

phrase_index::surroundings phrase_index::surroundings_of(const phrase& one) {
  std::string bytes(2 * block::size, '\0');
  std::string mask = bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto at = one.anchor + i - block::size;
    if (at >= one.text.size() || (one.text[at] == ' ' && !one.blanks.empty()))
      continue;
    bytes[i] = one.text[at];
    mask[i] = '\xFF';
  }
  auto halves = [](const std::string& all) {
    return vicinity{block::load(all.data()),
                    block::load(all.data() + block::size)};
  };
  return {halves(bytes), halves(mask)};
}

block::bytes phrase_index::nearest(const vicinity& around) {
  std::array<char, 2 * block::size> all;
  block::store(all.data(), around.before);
  block::store(all.data() + block::size, around.behind);
  return block::load(all.data() + block::size - seen_before);
}

phrase_index::vicinity phrase_index::bytes_at_end(std::string_view text,
                                                  std::size_t at) {
  std::array<char, block::size> before{};
  auto size = std::min(at, before.size());
  text.copy(before.end() - size, size, at - size);
  return {block::load(before.data()), block::load_part(text, at)};
}

bool phrase_index::is_written_at(std::string_view text, std::size_t begin,
                                 const phrase& one) {
  // What is near the anchor is the same: differences are at the end.
  for (auto i = one.text.size(); i-- > 0;)
    if (!is_same(text[begin + i], one.text[i], one.blanks))
      return false;
  return true;
}

bool phrase_index::stands_at(std::string_view text, std::size_t begin,
                             const phrase& one) {
  if (!one.is_known && !is_written_at(text, begin, one))
    return false;
  auto end = begin + one.text.size();
  // An anchor is only looked for where a word begins.
  auto begins_word = one.is_part || one.anchor == 0
                     || !is_word_before(text, begin)
                     || !is_word_at(text, begin);
  return begins_word
         && (one.is_open || !is_word_before(text, end)
             || !is_word_at(text, end));
}

} // namespace jobfarm::text
