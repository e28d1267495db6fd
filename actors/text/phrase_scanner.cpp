#include "actors/text/phrase_scanner.hpp"

#include "actors/text/utf8.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace jobfarm::text {

phrase_scanner::phrase_scanner(const std::vector<std::string_view>& phrases,
                               std::string_view blanks) {
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    auto folded = fold_ascii(phrases[i]);
    std::string_view text = folded;
    auto is_part = !text.empty() && text.front() == '*';
    if (is_part)
      text.remove_prefix(1);
    auto is_open = !text.empty() && text.back() == '*';
    if (is_open)
      text.remove_suffix(1);
    if (text.empty())
      continue;
    is_part ? parts_.add_part(text, i, is_open) : words_.add(text, i, is_open);
  }
  words_.build(blanks);
  parts_.build(blanks);
}

void phrase_scanner::index::add(std::string_view folded, std::size_t number,
                                bool is_open) {
  auto key = phrase_key(folded, 0);
  phrases_.push_back({std::string{folded}, key, number, is_open});
  // What follows a phrase shorter than a key is no part of the key.
  auto size = folded.size();
  auto is_followed = is_open || !is_word_before(folded, size);
  if (is_followed && size < sizeof key && key >> 8 * (size - 1) != 0
      && static_cast<unsigned char>(folded.front()) < first_wide_lead)
    mask_ &= (1U << 8 * size) - 1;
}

void phrase_scanner::index::add_part(std::string_view folded,
                                     std::size_t number, bool is_open) {
  phrases_.push_back(
      {std::string{folded}, bytes_at(folded, 0), number, is_open});
  if (folded.size() < sizeof mask_)
    mask_ &= (1U << 8 * folded.size()) - 1;
}

void phrase_scanner::index::build(std::string_view blanks) {
  for (std::size_t c = 0; c < read_as_.size(); ++c)
    read_as_[c] = static_cast<char>(c);
  for (char c : blanks)
    read_as_[static_cast<unsigned char>(c)] = ' ';
  for (auto& one : phrases_)
    one.key &= mask_;
  std::stable_sort(phrases_.begin(), phrases_.end(),
                   [](const phrase& a, const phrase& b) {
                     return std::make_tuple(a.key, a.text.size())
                            < std::make_tuple(b.key, b.text.size());
                   });
  std::vector<std::uint32_t> keys;
  for (const auto& one : phrases_)
    keys.push_back(one.key);
  by_key_ = key_table(keys);
}

bool phrase_scanner::index::is_same(std::string_view text, std::size_t at,
                                    const phrase& one) const {
  for (std::size_t i = 0; i < one.text.size(); ++i)
    if (read_as(text[at + i]) != one.text[i])
      return false;
  auto end = at + one.text.size();
  return one.is_open || !is_word_before(text, end) || !is_word_at(text, end);
}

} // namespace jobfarm::text
