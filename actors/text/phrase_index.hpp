#pragma once

#include "actors/text/key_table.hpp"
#include "actors/text/phrase_begins.hpp"
#include "messages/byte_block.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::text {

/// One place where a phrase stands in a scanned text.
struct phrase_hit {
  /// Index of the phrase in the list its scanner was made of.
  std::size_t phrase = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Phrases by the head of one of their words, their anchor (`phrase_head`). A
/// phrase that ends within the head that a longer word would have there is a
/// stem (`ends_in_head`): stems are looked up by as many bytes as the shortest
/// one has.
class phrase_index {
public:
  struct phrase {
    std::string text;
    /// Index in the list its scanner was made of.
    std::size_t number = 0;
    /// Index of its scanner in a sieve.
    std::size_t scanner = 0;
    /// Where its anchor begins.
    std::size_t anchor = 0;
    /// Whether a word may go on behind it.
    bool is_open = false;
    /// Whether it may begin within a word: it is looked up by bytes, not heads.
    bool is_part = false;
    /// Bytes of a text that stand for its blanks; must outlive it.
    std::string_view blanks;
    /// What it is looked up by.
    std::uint64_t key = 0;
    /// Whether a word that it begins may go on behind it.
    bool is_stem = false;
    /// Whether what surrounds its anchor is all of it.
    bool is_known = false;
  };

  /// Whether a head may go on behind the end of the phrase.
  static bool ends_in_head(const phrase& one);

  phrase_index() = default;
  explicit phrase_index(std::vector<phrase> phrases);

  const std::vector<phrase>& phrases() const {
    return phrases_;
  }

  /// A place in a text, and the head of what stands there.
  struct place {
    std::size_t at;
    std::uint64_t head;
  };

  /// Adds the place to be looked at where a text has `head` at `at`, none for
  /// most words that begin no phrase. There must be room for one; returns the
  /// end of what is there. Without a branch, as that cannot be foretold.
  place* add_place(std::size_t at, std::uint64_t head, place* next) const {
    *next = {at, head};
    return next + is_begin_[begin_of(head)];
  }

  /// Keeps those places where phrases that are no stems may stand by the bytes
  /// around it, without a branch; not those of a phrase i alone for which
  /// `is_settled[i]` is `alone`. Returns their end.
  place* keep_likely(std::string_view text, const unsigned char* is_settled,
                     place* first, const place* last) const {
    const auto* looks = looks_.data();
    auto* kept = first;
    for (; first != last; ++first) {
      auto at = first->at;
      auto head = first->head;
      auto found = words_.find(head).first;
      auto fits = looks[found].fits(bytes_near(text, at));
      kept->at = at;
      kept->head = head;
      kept += static_cast<unsigned>(fits) & (is_settled[found] != alone);
    }
    return kept;
  }
  /// What tells that a phrase is settled that is alone in its row.
  static constexpr unsigned char alone = 2;

  /// Whether no other phrase is looked up where phrase i is.
  bool is_alone(std::size_t i) const {
    const auto& one = phrases_[i];
    return (one.is_stem ? stems_ : words_).find(one.key).count == 1;
  }

  /// Whether a phrase may stand where a text has this head, or what stands
  /// there begins with these bytes.
  bool may_begin(std::uint64_t head) const {
    return is_begin_[begin_of(head)] != 0;
  }

  /// Calls `take(i, hit)` for each phrase i of `phrases()` whose anchor stands
  /// at `at`, where the text has `head`, and that lies between `from` and `to`;
  /// those with one begin in order of their ends.
  template <class Take>
  void find(std::string_view text, std::size_t at, std::uint64_t head,
            std::size_t from, std::size_t to, Take& take) const {
    find_stems(text, at, head, from, to, take);
    find_words(text, at, head, from, to, take);
  }

  /// The same for stems.
  template <class Take>
  void find_stems(std::string_view text, std::size_t at, std::uint64_t head,
                  std::size_t from, std::size_t to, Take& take) const {
    if (auto found = stems_.find(head & stem_mask_); found.count > 0)
      find(text, at, found, from, to, take);
  }

  /// The same for the others.
  template <class Take>
  void find_words(std::string_view text, std::size_t at, std::uint64_t head,
                  std::size_t from, std::size_t to, Take& take) const {
    if (auto found = words_.find(head); found.count > 0)
      find(text, at, found, from, to, take);
  }

private:
  template <class Take>
  void find(std::string_view text, std::size_t at, key_table::range phrases,
            std::size_t from, std::size_t to, Take& take) const {
    auto around = bytes_around(text, at);
    for (auto i = phrases.first; i < phrases.first + phrases.count; ++i) {
      if (!anchors_[i].fit(around))
        continue;
      const auto& one = phrases_[i];
      auto begin = at - one.anchor;
      auto end = begin + one.text.size();
      if (at - from >= one.anchor && end <= to && stands_at(text, begin, one))
        take(i, phrase_hit{one.number, begin, end});
    }
  }

  /// The bytes around a place: sixteen before it and its first sixteen.
  /// Zeros where the text has none.
  struct vicinity {
    block::bytes before;
    block::bytes behind;
  };

  /// What the bytes around the anchor of a phrase must be; those of other
  /// blanks than one are left open.
  struct surroundings {
    vicinity bytes;
    vicinity mask;

    bool fit(const vicinity& given) const {
      return block::are_zero(((given.before & mask.before) ^ bytes.before)
                             | ((given.behind & mask.behind) ^ bytes.behind));
    }
  };

  /// What all phrases of a row have around their anchors; that of an empty row
  /// nothing fits.
  struct look {
    block::bytes bytes = block::bytes{} + 1;
    block::bytes mask{};

    bool fits(block::bytes given) const {
      return block::are_equal(given & mask, bytes);
    }
  };

  static surroundings surroundings_of(const phrase& one);

  static vicinity bytes_around(std::string_view text, std::size_t at) {
    if (at >= block::size && at + block::size <= text.size())
      return {block::load(text.data() + at - block::size),
              block::load(text.data() + at)};
    return bytes_at_end(text, at);
  }
  static vicinity bytes_at_end(std::string_view text, std::size_t at);

  static constexpr std::size_t seen_before = 4;

  /// Some bytes before a place and its first ones, sixteen in all. Zeros where
  /// the text has none.
  static block::bytes bytes_near(std::string_view text, std::size_t at) {
    auto ends = text.size() < block::size ? 0 : text.size() - block::size + 1;
    if (at - seen_before < ends)
      return block::load(text.data() + at - seen_before);
    return nearest(bytes_at_end(text, at));
  }
  static block::bytes nearest(const vicinity& around);

  /// `text` does not end before the phrase does.
  static bool is_written_at(std::string_view text, std::size_t begin,
                            const phrase& one);
  static bool stands_at(std::string_view text, std::size_t begin,
                        const phrase& one);

  static constexpr unsigned begin_bits = 14;

  std::size_t begin_of(std::uint64_t head) const {
    return key_hash(head & begin_mask_) >> (64 - begin_bits);
  }

  /// By what they are looked up by, shorter ones first.
  std::vector<phrase> phrases_;
  std::vector<surroundings> anchors_;
  /// Of each row, where its first phrase is; the last one is that of empty
  /// rows.
  std::vector<look> looks_ = std::vector<look>(1);
  key_table words_;
  key_table stems_;
  std::uint64_t stem_mask_ = 0;
  /// 1 for what the anchors begin with: tells for most words that no phrase
  /// stands there.
  std::array<unsigned char, std::size_t{1} << begin_bits> is_begin_{};
  std::uint64_t begin_mask_ = 0;
};

} // namespace jobfarm::text
