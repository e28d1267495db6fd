#pragma once

#include "actors/text/folded_text.hpp"

#include <array>
#include <bitset>
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
/// A phrase is tried only where one may begin (`phrase_begin`), and there only
/// if the first bytes of the word are those of a phrase: one look into a small
/// filter tells for most words that none begins.
class phrase_scanner {
public:
  /// One place where a phrase stands in the scanned text.
  struct hit {
    /// Index of the phrase in the list given.
    std::size_t phrase = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

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
    auto begins = text.begins_for(*this, from);
    if (parts_.is_empty()) {
      for (; begins.first != begins.second && begins.first->at < to;
           ++begins.first)
        words_.find(text.folded(), begins.first->at, begins.first->key, to,
                    take);
      return;
    }
    for (auto at = from; at < to; ++at) {
      if (begins.first != begins.second && begins.first->at == at) {
        words_.find(text.folded(), at, begins.first->key, to, take);
        ++begins.first;
      }
      parts_.find(text.folded(), at, bytes_at(text.folded(), at), to, take);
    }
  }

  /// The same for a text that is only read once.
  template <class Take>
  void scan(std::string_view folded, Take take) const {
    scan(folded_text::of_folded(folded), take);
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
    static constexpr std::size_t filter_bits = 8192;

    static std::uint32_t hash(std::uint32_t key) {
      return (key * 0x9E3779B1U) >> 8;
    }

    bool is_empty() const {
      return phrases_.empty();
    }
    bool may_hold(std::uint32_t key) const {
      return filter_[hash(key & mask_) % filter_bits];
    }
    /// Whether what `may_hold` says depends on all of the key.
    bool reads_whole_key() const {
      return mask_ == ~0U;
    }
    bool may_hold_hashed(std::size_t hashed) const {
      return filter_[hashed];
    }
    void add(std::string_view folded, std::size_t number, bool is_open);
    void add_part(std::string_view folded, std::size_t number, bool is_open);
    void build(std::string_view blanks);

    /// Calls `take` for each phrase that stands at `at` and ends by `to`.
    template <class Take>
    void find(std::string_view text, std::size_t at, std::uint32_t key,
              std::size_t to, Take& take) const {
      if (!may_hold(key))
        return;
      key &= mask_;
      for (auto i = hash(key); slots_[i & slot_mask_].count > 0; ++i) {
        const auto& one = slots_[i & slot_mask_];
        if (one.key != key)
          continue;
        for (auto n = one.first; n < one.first + one.count; ++n)
          if (auto end = at + phrases_[n].text.size();
              end <= to && read_as(text[end - 1]) == phrases_[n].text.back()
              && stands_at(text, at, phrases_[n]))
            take(hit{phrases_[n].number, at, end});
        return;
      }
    }

  private:
    struct phrase {
      std::string text;
      std::uint32_t key = 0;
      std::size_t number = 0;
      bool is_open = false;
    };
    struct slot {
      std::uint32_t key = 0;
      std::uint32_t first = 0;
      std::uint32_t count = 0;
    };

    char read_as(char c) const {
      return read_as_[static_cast<unsigned char>(c)];
    }
    bool stands_at(std::string_view text, std::size_t at,
                   const phrase& one) const;

    std::vector<phrase> phrases_;
    std::vector<slot> slots_;
    std::size_t slot_mask_ = 0;
    std::uint32_t mask_ = ~0U;
    std::bitset<filter_bits> filter_;
    std::array<char, 256> read_as_{};
  };

  /// Phrases that begin where a word does, and those that need not.
  index words_;
  index parts_;
};

/// Tells by one look into one table which of several scanners a begin of a
/// phrase may concern. At most eight scanners, all of which must outlive it.
class phrase_sieve {
public:
  explicit phrase_sieve(std::vector<const phrase_scanner*> scanners);

  const std::vector<const phrase_scanner*>& scanners() const {
    return scanners_;
  }
  /// A bit for each scanner that may find a phrase with this key.
  unsigned whose(std::uint32_t key) const {
    return table_[phrase_scanner::index::hash(key) % table_.size()];
  }

private:
  std::vector<const phrase_scanner*> scanners_;
  std::array<std::uint8_t, phrase_scanner::index::filter_bits> table_{};
};

} // namespace jobfarm::text
