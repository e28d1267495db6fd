#pragma once

#include "actors/text/key_table.hpp"
#include "actors/text/phrase_begins.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace jobfarm::normalize {

/// The first eight bytes of the word at `at`, which a blank or the end ends.
inline std::uint64_t word_head(std::string_view text, std::size_t at) {
  constexpr auto ones = ~std::uint64_t{0} / 0xFF;
  auto bytes = text::first_bytes(text, at);
  // The high bit of the first blank, and of some bytes behind it.
  auto differs = bytes ^ (ones * ' ');
  auto blanks = (differs - ones) & ~differs & (ones << 7);
  return bytes & ((blanks & (0 - blanks)) / 0x80 - 1);
}

/// What phrases of whole words mean, looked up in a normalised title by the
/// word that they begin with. Immutable.
template <class Value>
class whole_phrases {
public:
  struct phrase {
    /// One blank between two words.
    std::string_view text;
    Value value{};
  };

  /// Borrows the texts; of equal ones the first counts.
  explicit whole_phrases(std::vector<phrase> phrases)
      : phrases_(std::move(phrases)), heads_(phrases_.size()) {
    auto row = [&](const phrase& one) {
      return heads_.row(word_head(one.text, 0));
    };
    std::stable_sort(phrases_.begin(), phrases_.end(),
                     [&](const phrase& a, const phrase& b) {
                       return std::pair(row(a), b.text.size())
                              < std::pair(row(b), a.text.size());
                     });
    for (std::size_t i = 0; i < phrases_.size(); ++i)
      heads_.add(word_head(phrases_[i].text, 0), i);
  }

  /// The longest that stands where a word of the title begins; null for most
  /// words.
  const phrase* longest_at(std::string_view title, std::size_t at) const {
    auto found = heads_.find(word_head(title, at));
    for (std::size_t i = found.first; i < found.first + found.count; ++i)
      if (stands_at(title, at, phrases_[i].text))
        return &phrases_[i];
    return nullptr;
  }

private:
  static bool stands_at(std::string_view title, std::size_t at,
                        std::string_view text) {
    auto end = at + text.size();
    return end <= title.size() && (end == title.size() || title[end] == ' ')
           && title.substr(at, text.size()) == text;
  }

  /// By the rows of their first words, longer ones first.
  std::vector<phrase> phrases_;
  text::key_table heads_;
};

} // namespace jobfarm::normalize
