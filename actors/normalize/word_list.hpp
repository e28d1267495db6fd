#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

// Lists of words and parts of words that a few words of a text are held
// against. A list is a constant: `static constexpr listed_word names[] = ...`.
namespace jobfarm::normalize {

/// One of a list, with what tells at a glance that a text cannot have it.
struct listed_word {
  template <std::size_t N>
  constexpr listed_word(const char (&word)[N])
      : listed_word(std::string_view{word, N - 1}) {
  }

  explicit constexpr listed_word(std::string_view word)
      : text(word), letters(letters_of(word)) {
    for (std::size_t i = 0; i < word.size() && i < sizeof head; ++i) {
      head |= std::uint64_t{static_cast<unsigned char>(word[i])} << 8 * i;
      head_mask |= std::uint64_t{0xFF} << 8 * i;
    }
  }

  /// Which bytes stand in a text, by their lower five bits: a text has those of
  /// each of its parts.
  static constexpr std::uint32_t letters_of(std::string_view text) {
    std::uint32_t all = 0;
    for (char c : text)
      all |= std::uint32_t{1} << (static_cast<unsigned char>(c) % 32);
    return all;
  }

  std::string_view text;
  std::uint32_t letters = 0;
  /// The first eight bytes, the first one lowest.
  std::uint64_t head = 0;
  std::uint64_t head_mask = 0;
};

/// Borrows the words.
struct word_list {
  template <std::size_t N>
  constexpr word_list(const listed_word (&words)[N]) : first(words), count(N) {
  }
  word_list(const std::vector<listed_word>& words)
      : first(words.data()), count(words.size()) {
  }

  const listed_word* begin() const {
    return first;
  }
  const listed_word* end() const {
    return first + count;
  }

  const listed_word* first;
  std::size_t count;
};

/// Whether a text of some words has one of the list in it.
bool has_one(std::string_view text, word_list words);

/// Whether a text is one of the list.
bool is_listed(std::string_view text, word_list words);

/// Whether a text begins with one of the list.
bool starts_with_one(std::string_view text, word_list words);

} // namespace jobfarm::normalize
