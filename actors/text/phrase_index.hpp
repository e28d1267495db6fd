#pragma once

#include "actors/text/key_table.hpp"
#include "actors/text/phrase_begins.hpp"
#include "messages/byte_block.hpp"

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
/// stem: stems, and words that are not longer, are looked up by as many bytes
/// as the shortest stem has.
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
    /// Whether what surrounds its anchor is all of it.
    bool is_known = false;
  };

  phrase_index() = default;
  explicit phrase_index(std::vector<phrase> phrases);

  const std::vector<phrase>& phrases() const {
    return phrases_;
  }

  /// A place in a text, and what a phrase that stands there is looked up by.
  struct place {
    std::size_t at;
    std::uint64_t key;
  };

  /// A place, and the phrases that may stand there by the bytes around it.
  struct candidate {
    std::size_t at;
    std::uint32_t first;
    std::uint32_t count;
  };

  /// Adds the places to be looked up where a text has `head` at `at`, none for
  /// most words that begin no phrase. There must be room for two; returns the
  /// end of what is there. Without a branch, as that cannot be foretold.
  place* add_places(std::size_t at, std::uint64_t head, place* next) const {
    *next = {at, head};
    next += words_.may_have(head);
    auto stem = head & stem_mask_;
    *next = {at, stem_key(stem)};
    return next + stems_.may_have(stem);
  }

  /// Adds those places where a phrase may stand, without a branch for most;
  /// `is_settled[i]` is 1 if phrase i need not be found. There must be room for
  /// all; returns the end of what is there.
  candidate* add_candidates(std::string_view text,
                            const unsigned char* is_settled, const place* first,
                            const place* last, candidate* next) const {
    const auto* anchors = anchors_.data();
    for (; first != last; ++first) {
      auto at = first->at;
      auto found = keys_.find(first->key);
      auto fits = anchors[found.first].fit(bytes_around(text, at));
      *next = {at, found.first, found.count};
      next += (found.count > 1)
              | (found.count & static_cast<unsigned>(fits)
                 & (is_settled[found.first] ^ 1U));
    }
    return next;
  }

  /// Whether a phrase may stand where a text has this head.
  bool may_begin(std::uint64_t head) const {
    return (words_.may_have(head) | stems_.may_have(head & stem_mask_)) != 0;
  }

  /// The same where any bytes stand, for phrases that may begin within a word.
  bool may_begin_part(std::uint64_t bytes) const {
    return stems_.may_have(bytes & stem_mask_) != 0;
  }

  /// Calls `take(i, hit)` for each phrase i of `phrases()` whose anchor stands
  /// at `at`, where the text has `head`, and that lies between `from` and `to`;
  /// those with one begin in order of their ends.
  template <class Take>
  void find(std::string_view text, std::size_t at, std::uint64_t head,
            std::size_t from, std::size_t to, Take& take) const {
    auto stem = head & stem_mask_;
    if (stems_.may_have(stem) != 0)
      find(text, at, keys_.find(stem_key(stem)), from, to, take);
    if (words_.may_have(head) != 0)
      find(text, at, keys_.find(head), from, to, take);
  }

  /// The same for those phrases that may stand there.
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

private:
  /// No head is the key of a stem, however short it is.
  static std::uint64_t stem_key(std::uint64_t stem) {
    return ~stem;
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

  static surroundings surroundings_of(const phrase& one);

  static vicinity bytes_around(std::string_view text, std::size_t at) {
    if (at >= block::size && at + block::size <= text.size())
      return {block::load(text.data() + at - block::size),
              block::load(text.data() + at)};
    return bytes_at_end(text, at);
  }
  static vicinity bytes_at_end(std::string_view text, std::size_t at);

  /// `text` does not end before the phrase does.
  static bool is_written_at(std::string_view text, std::size_t begin,
                            const phrase& one);
  static bool stands_at(std::string_view text, std::size_t begin,
                        const phrase& one);

  /// By what they are looked up by, shorter ones first.
  std::vector<phrase> phrases_;
  std::vector<surroundings> anchors_;
  key_table keys_;
  /// Of the stems and what is not longer, and of the other keys: both stay in
  /// the first cache.
  key_filter<13> stems_;
  key_filter<14> words_;
  std::uint64_t stem_mask_ = 0;
};

} // namespace jobfarm::text
