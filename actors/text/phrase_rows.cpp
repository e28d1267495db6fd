#include "actors/text/phrase_rows.hpp"

#include "actors/text/phrase_begins.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace jobfarm::text {

namespace {

bool is_same(char c, char known, std::string_view blanks) {
  return c == known || (known == ' ' && blanks.find(c) != blanks.npos);
}

/// Whether the bytes around the anchor of a phrase are all of it.
bool is_known(const phrase_rows::phrase& one) {
  auto has_blanks = !one.blanks.empty() && one.text.find(' ') != one.text.npos;
  return one.anchor <= block::size
         && one.text.size() - one.anchor <= block::size && !has_blanks;
}

phrase_rows::brief brief_of(const phrase_rows::phrase& one) {
  return {static_cast<std::uint32_t>(one.number),
          static_cast<std::uint16_t>(one.text.size()),
          static_cast<std::uint16_t>(one.anchor),
          static_cast<std::uint16_t>(one.copy_of),
          static_cast<std::uint8_t>(one.scanner),
          one.is_open,
          one.is_part,
          is_known(one)};
}

} // namespace

bool phrase_rows::ends_in_head(const phrase& one) {
  auto size = one.text.size();
  auto may_go_on = one.is_open || !is_word_before(one.text, size);
  return one.is_part
         || (may_go_on && size - one.anchor < max_head_bytes
             && one.anchor + head_size(one.text + 'a', one.anchor) > size);
}

phrase_rows::phrase_rows(std::vector<phrase> phrases)
    : phrases_(std::move(phrases)) {
  briefs_.reserve(phrases_.size());
  anchors_.reserve(phrases_.size());
  for (const auto& one : phrases_) {
    briefs_.push_back(text::brief_of(one));
    anchors_.push_back(surroundings_of(one));
  }
}

phrase_rows::surroundings phrase_rows::surroundings_of(const phrase& one) {
  using both = std::array<char, 2 * block::size>;
  both bytes{};
  both mask{};
  auto end = std::min(one.text.size(), one.anchor + block::size);
  for (auto at = std::max(one.anchor, block::size) - block::size; at < end;
       ++at) {
    if (one.text[at] == ' ' && !one.blanks.empty())
      continue;
    auto i = at + block::size - one.anchor;
    bytes[i] = one.text[at];
    mask[i] = '\xFF';
  }
  auto halves = [](const both& all) {
    return vicinity{block::load(all.data()),
                    block::load(all.data() + block::size)};
  };
  return {halves(bytes), halves(mask)};
}

block::bytes phrase_rows::nearest(const vicinity& around) {
  std::array<char, 2 * block::size> all;
  block::store(all.data(), around.before);
  block::store(all.data() + block::size, around.behind);
  return block::load(all.data() + block::size - seen_before);
}

phrase_rows::vicinity phrase_rows::bytes_at_end(std::string_view text,
                                                std::size_t at) {
  std::array<char, block::size> before{};
  auto size = std::min(at, before.size());
  text.copy(before.end() - size, size, at - size);
  return {block::load(before.data()), block::load_part(text, at)};
}

bool phrase_rows::is_written_at(std::string_view text, std::size_t begin,
                                const phrase& one) {
  // What is near the anchor is the same: differences are at the end.
  for (auto i = one.text.size(); i-- > 0;)
    if (!is_same(text[begin + i], one.text[i], one.blanks))
      return false;
  return true;
}

bool phrase_rows::stands_at(std::string_view text, std::size_t begin,
                            std::size_t i) const {
  const auto& one = briefs_[i];
  if (!one.is_known && !is_written_at(text, begin, phrases_[i]))
    return false;
  auto end = begin + one.size;
  // An anchor is only looked for where a word begins.
  auto begins_word = one.is_part || one.anchor == 0
                     || !is_word_before(text, begin)
                     || !is_word_at(text, begin);
  return begins_word
         && (one.is_open || !is_word_before(text, end)
             || !is_word_at(text, end));
}

} // namespace jobfarm::text
