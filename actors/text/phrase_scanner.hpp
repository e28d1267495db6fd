#pragma once

#include "actors/text/folded_text.hpp"
#include "actors/text/phrase_index.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
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

  /// The bytes of `blanks` in a text stand for the blanks of phrases; no phrase
  /// has them. Must outlive this. Phrases are the program's own: fewer than
  /// 65,536, and each has fewer bytes.
  explicit phrase_scanner(const std::vector<std::string_view>& phrases,
                          std::string_view blanks = {});

  /// Whether a hit tells all that its phrase is looked for.
  using judge = bool (*)(const folded_text& text, const hit& one);

  /// A sieve leaves out all that it finds of a phrase but the first hit that
  /// `tells` is true for.
  void settle_by(judge tells) {
    tells_all_ = tells;
  }
  /// Null if every hit counts.
  judge tells_all() const {
    return tells_all_;
  }

  /// Calls `take(hit)` for each phrase in the text, in order of begins, then of
  /// ends. Linear in the text and the hits.
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
      hand_over(*known, from, to, take);
    else
      scan(text.folded(), text.begins(), from, to, take);
  }

  /// The same for a text that is only read once.
  template <class Take>
  void scan(std::string_view folded, Take take) const {
    scan(folded, phrase_begins(folded), 0, folded.size(), take);
  }

  /// The phrases that begin where a word does; the others stand in no sieve.
  const phrase_index& words() const {
    return words_;
  }
  bool has_parts() const {
    return !parts_.phrases().empty() || !tails_.phrases().empty();
  }

private:
  template <class Take>
  void scan(std::string_view folded, const phrase_begins& begins,
            std::size_t from, std::size_t to, Take& take) const {
    auto take_hit = [&](std::size_t, const hit& found) { take(found); };
    auto parts = hits_of_parts(folded, begins, from, to);
    auto next = parts.begin();
    auto take_parts = [&](std::size_t until) {
      for (; next != parts.end() && next->begin < until; ++next)
        take(*next);
    };
    begins.for_each(folded, from, to, [&](std::size_t at, std::uint64_t head) {
      take_parts(at);
      if (words_.may_begin(head))
        words_.find(folded, at, head, at, to, take_hit);
    });
    take_parts(to);
  }

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

  /// The phrases that may begin within a word, in order.
  std::vector<hit> hits_of_parts(std::string_view text,
                                 const phrase_begins& begins, std::size_t from,
                                 std::size_t to) const;

  /// Phrases that begin where a word does; those that need not but end where
  /// one does; and those that may stand anywhere.
  phrase_index words_;
  phrase_index tails_;
  phrase_index parts_;
  /// By so many of their last bytes tails are looked up.
  std::size_t tail_bytes_ = max_head_bytes;
  judge tells_all_ = nullptr;
};

} // namespace jobfarm::text
