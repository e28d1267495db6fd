#include "actors/normalize/piece_filter.hpp"

#include "actors/text/affix.hpp"
#include "actors/text/key_table.hpp"
#include "actors/text/utf8.hpp"
#include "messages/byte_block.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace jobfarm::normalize {

namespace {

using piece = std::uint32_t;
constexpr unsigned hash_bits = 15;

/// Longer texts are not looked at.
constexpr std::size_t longest = 128;

piece piece_at(const char* letters) {
  piece bytes = 0;
  std::memcpy(&bytes, letters, sizeof bytes);
  return bytes;
}

std::size_t bit_of(piece one) {
  return text::key_hash(one) >> (64 - hash_bits);
}

/// A text of ASCII with small letters, and blanks for all that is none.
class letters_of {
public:
  explicit letters_of(std::string_view text) : size_(text.size()) {
    for (std::size_t at = 0; at < size_; at += block::size) {
      auto small = block::lower(block::load_part(text, at));
      auto are_letters = block::between(small, 'a', 'z');
      block::store(bytes_.data() + at,
                   (small & are_letters) | (~are_letters & ' '));
    }
  }

  operator std::string_view() const {
    return {bytes_.data(), size_};
  }

private:
  std::array<char, longest + block::size> bytes_;
  std::size_t size_;
};

std::string_view longest_word(std::string_view letters) {
  std::string_view found;
  while (!letters.empty()) {
    auto word = letters.substr(0, letters.find(' '));
    found = word.size() > found.size() ? word : found;
    letters.remove_prefix(std::min(word.size() + 1, letters.size()));
  }
  return found;
}

/// How seldom the letters of a piece are.
std::size_t rarity(std::string_view letters) {
  constexpr std::string_view by_frequency = "einratosclmdgpuhvfybkwxjqz";
  std::size_t sum = 0;
  for (char c : letters)
    sum += by_frequency.find(c);
  return sum;
}

/// The rarest piece of a word that has one.
piece rarest_piece(std::string_view word) {
  auto best = word.substr(0, sizeof(piece));
  for (std::size_t at = 1; at + sizeof(piece) <= word.size(); ++at)
    if (auto other = word.substr(at, sizeof(piece));
        rarity(other) > rarity(best))
      best = other;
  return piece_at(best.data());
}

} // namespace

piece_filter::piece_filter(const std::vector<std::string_view>& phrases) {
  static_assert(sizeof bits_ * 8 == std::size_t{1} << hash_bits);
  for (auto given : phrases) {
    auto phrase = text::fold_ascii(given);
    // What is longer or not ASCII stands in no text that is looked at.
    if (phrase.size() > longest || block::ascii_end(phrase, 0) < phrase.size())
      continue;
    letters_of letters(phrase);
    auto word = longest_word(letters);
    if (word.size() < sizeof(piece)) {
      short_words_.emplace_back(word);
      continue;
    }
    auto bit = bit_of(rarest_piece(word));
    bits_[bit / 64] |= std::uint64_t{1} << bit % 64;
  }
}

bool piece_filter::may_hold(std::string_view text) const {
  if (text.size() > longest || block::ascii_end(text, 0) < text.size())
    return true;
  letters_of letters(text);
  std::string_view all = letters;
  // Without a branch, as which piece is one cannot be foretold.
  std::uint64_t found = 0;
  for (std::size_t at = 0; at + sizeof(piece) <= all.size(); ++at) {
    auto bit = bit_of(piece_at(all.data() + at));
    found |= bits_[bit / 64] >> bit % 64;
  }
  return (found & 1) != 0
         || std::any_of(short_words_.begin(), short_words_.end(),
                        [&](const auto& word) { return text::has(all, word); });
}

} // namespace jobfarm::normalize
