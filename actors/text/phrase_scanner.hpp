#pragma once

#include "actors/text/folded_text.hpp"
#include "actors/text/key_table.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::text {

/// Finds many phrases in one pass over the words of a text.
///
/// Phrases are given as people write them and compared folded (`fold_ascii`).
/// A phrase is found only as whole words: a letter or digit of an alphabetic
/// script before its first or behind its last one is no match, so "fee" is not
/// in "coffee". `*` at either end takes the rule away there: "*gehalt" is in
/// "Jahresgehalt", "sponsor*" in "sponsorship". Scripts written without blanks
/// (Han, kana, Hangul) have no such rule. A phrase does not begin with a blank.
/// Immutable once built.
///
/// A phrase is tried only where one may begin (`phrase_begins`), and there only
/// if the first bytes of the word are those of a phrase: one look into a small
/// filter tells for most words that none begins.
class phrase_scanner {
public:
  using hit = phrase_hit;

  /// The bytes of `blanks` in a text stand for the blanks of phrases.
  explicit phrase_scanner(const std::vector<std::string_view>& phrases,
                          std::string_view blanks = {});

  /// Calls `take(hit)` for each phrase in the text, in order of begins, then of
  /// ends. Linear in the text and the hits; no allocation.
  template <class Take>
  void scan(const folded_text& text, Take take) const {
    scan(text, 0, text.folded().size(), take);
  }

  /// The same for phrases that begin at `from` or behind it and end at `to` or
  /// before it. What stands around that part tells whether words are whole.
  template <class Take>
  void scan(const folded_text& text, std::size_t from, std::size_t to,
            Take take) const {
    if (const auto* known = text.hits_of(*this))
      return hand_over(*known, from, to, take);
    auto folded = text.folded();
    auto next = from;
    text.begins().for_each(folded, from, to,
                           [&](std::size_t at, std::uint32_t key) {
                             find_parts(folded, next, at, to, take);
                             words_.find(folded, at, key, to, take);
                             next = at;
                           });
    find_parts(folded, next, to, to, take);
  }

  /// The same for a text that is only read once.
  template <class Take>
  void scan(std::string_view folded, Take take) const {
    scan(folded_text::of_folded(folded), take);
  }

  /// Whether every phrase begins a word and is looked up by all of its key.
  bool reads_whole_key() const {
    return parts_.size() == 0 && words_.reads_whole_key();
  }

private:
  friend class phrase_sieve;

  /// The key of a phrase that may begin within a word: four bytes as they are.
  static std::uint32_t bytes_at(std::string_view text, std::size_t at) {
    std::uint32_t bytes = 0;
    if (at + sizeof bytes <= text.size())
      std::memcpy(&bytes, text.data() + at, sizeof bytes);
    else
      std::memcpy(&bytes, text.data() + at, text.size() - at);
    return bytes;
  }

  /// Phrases by the key of their begin.
  class index {
  public:
    struct phrase {
      std::string text;
      std::uint32_t key = 0;
      std::size_t number = 0;
      bool is_open = false;
    };

    void add(std::string_view folded, std::size_t number, bool is_open);
    void add_part(std::string_view folded, std::size_t number, bool is_open);
    void build(std::string_view blanks);

    std::size_t size() const {
      return phrases_.size();
    }
    const phrase& at(std::size_t i) const {
      return phrases_[i];
    }
    bool reads_whole_key() const {
      return mask_ == ~0U;
    }

    /// Calls `take` for each phrase that stands at `at` and ends by `to`.
    template <class Take>
    void find(std::string_view text, std::size_t at, std::uint32_t key,
              std::size_t to, Take& take) const {
      auto range = by_key_.find(key & mask_);
      for (auto i = range.first; i < range.first + range.count; ++i)
        if (stands_at(text, at, to, phrases_[i]))
          take(hit{phrases_[i].number, at, at + phrases_[i].text.size()});
    }

    /// Whether a phrase stands at `at` and ends by `to`.
    bool stands_at(std::string_view text, std::size_t at, std::size_t to,
                   const phrase& one) const {
      auto end = at + one.text.size();
      return end <= to && read_as(text[end - 1]) == one.text.back()
             && is_same(text, at, one);
    }

    /// A byte of a text as the phrases have it.
    char read_as(char c) const {
      return read_as_[static_cast<unsigned char>(c)];
    }

  private:
    bool is_same(std::string_view text, std::size_t at,
                 const phrase& one) const;

    std::vector<phrase> phrases_;
    key_table by_key_;
    std::uint32_t mask_ = ~0U;
    std::array<char, 256> read_as_{};
  };

  template <class Take>
  static void hand_over(const std::vector<hit>& known, std::size_t from,
                        std::size_t to, Take& take) {
    auto next = std::lower_bound(
        known.begin(), known.end(), from,
        [](const hit& one, std::size_t at) { return one.begin < at; });
    for (; next != known.end() && next->begin < to; ++next)
      if (next->end <= to)
        take(*next);
  }

  template <class Take>
  void find_parts(std::string_view text, std::size_t from, std::size_t until,
                  std::size_t to, Take& take) const {
    if (parts_.size() > 0)
      for (auto at = from; at < until; ++at)
        parts_.find(text, at, bytes_at(text, at), to, take);
  }

  /// Phrases that begin where a word does, and those that need not.
  index words_;
  index parts_;
};

} // namespace jobfarm::text
