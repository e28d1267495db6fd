#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace jobfarm::text {

/// Finds many phrases in one pass (Aho and Corasick, CACM 18(6), 1975).
///
/// Phrases are given as people write them and compared folded (`fold_ascii`).
/// A phrase is found only as whole words: a letter or digit of an alphabetic
/// script before its first or behind its last one is no match, so "fee" is not
/// in "coffee". `*` at either end takes the rule away there: "*gehalt" is in
/// "Jahresgehalt", "sponsor*" in "sponsorship". Scripts written without blanks
/// (Han, kana, Hangul) have no such rule. Immutable once built.
class phrase_scanner {
public:
  /// One place where a phrase stands in the scanned text.
  struct hit {
    /// Index of the phrase in the list given.
    std::size_t phrase = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  explicit phrase_scanner(const std::vector<std::string_view>& phrases);

  /// Calls `take(hit)` for each phrase in `folded`, in order of their ends.
  /// Linear in the text and the hits; no allocation.
  template <class Take>
  void scan(std::string_view folded, Take take) const {
    std::uint32_t state = 0;
    for (std::size_t i = 0; i < folded.size(); ++i) {
      state = next_[state * width_
                    + classes_[static_cast<unsigned char>(folded[i])]];
      for (auto out = first_[state]; out != none; out = outs_[out].next) {
        const auto& one = outs_[out];
        hit found{one.phrase, i + 1 - one.size, i + 1};
        if (is_whole(folded, one, found))
          take(found);
      }
    }
  }

private:
  static constexpr std::uint32_t none = ~0U;

  struct output {
    std::uint32_t phrase = 0;
    std::uint32_t size = 0;
    std::uint32_t next = none;
    bool open_left = false;
    bool open_right = false;
  };

  static bool is_whole(std::string_view text, const output& one,
                       const hit& found);
  std::uint32_t add_state();
  void add(std::string_view phrase, std::uint32_t index);
  void link();

  std::array<std::uint8_t, 256> classes_{};
  std::size_t width_ = 1;
  std::vector<std::uint32_t> next_;
  std::vector<std::uint32_t> first_;
  std::vector<output> outs_;
};

/// True if a letter or digit of an alphabetic script ends right before `at`.
bool is_word_before(std::string_view text, std::size_t at);

/// True if one begins at `at`.
bool is_word_at(std::string_view text, std::size_t at);

} // namespace jobfarm::text
