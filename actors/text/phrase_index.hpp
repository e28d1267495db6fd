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
/// stem: stems are looked up by as many bytes as the shortest of them has.
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

  /// Whether a phrase may stand where a text has this head: false for most words
  /// that begin none. Without a branch, as that cannot be foretold.
  bool may_begin(std::uint64_t head) const {
    return words_.may_have(head) | stems_.may_have(head & stem_mask_);
  }

  /// The same where any bytes stand, for phrases that may begin within a word.
  bool may_begin_part(std::uint64_t bytes) const {
    return stems_.may_have(bytes & stem_mask_);
  }

  /// Calls `take(i, hit)` for each phrase i of `phrases()` whose anchor stands at
  /// `at`, where the text has `head`, and that lies between `from` and `to`;
  /// those with one begin in order of their ends. Those that `is_wanted(i)` is
  /// false for are left out.
  template <class IsWanted, class Take>
  void find(std::string_view text, std::size_t at, std::uint64_t head,
            std::size_t from, std::size_t to, IsWanted& is_wanted,
            Take& take) const {
    auto around = bytes_around(text, at);
    auto stem = head & stem_mask_;
    if (stem != head && stems_.may_have(stem))
      take_standing(keys_.find(stem), around, text, at, from, to, is_wanted,
                    take);
    if (stem == head || words_.may_have(head))
      take_standing(keys_.find(head), around, text, at, from, to, is_wanted,
                    take);
  }

  /// The same for all of them.
  template <class Take>
  void find(std::string_view text, std::size_t at, std::uint64_t head,
            std::size_t from, std::size_t to, Take& take) const {
    auto all = [](std::size_t) { return true; };
    find(text, at, head, from, to, all, take);
  }

private:
  /// What the bytes around the anchor of a phrase must be, eight before and eight
  /// from it on; blanks are left open.
  struct surroundings {
    block::bytes bytes;
    block::bytes mask;

    bool fit(block::bytes given) const {
      return block::are_equal(given & mask, bytes);
    }
  };

  static surroundings surroundings_of(const phrase& one);

  /// Zeros where the text has none.
  static block::bytes bytes_around(std::string_view text, std::size_t at) {
    if (at >= max_head_bytes && at + max_head_bytes <= text.size())
      return block::load(text.data() + at - max_head_bytes);
    std::uint64_t parts[] = {bytes_before(text, at), first_bytes(text, at)};
    return block::load(reinterpret_cast<const char*>(parts));
  }

  template <class IsWanted, class Take>
  void take_standing(key_table::range range, block::bytes around,
                     std::string_view text, std::size_t at, std::size_t from,
                     std::size_t to, IsWanted& is_wanted, Take& take) const {
    for (auto i = range.first; i < range.first + range.count; ++i) {
      if (!anchors_[i].fit(around) || !is_wanted(i))
        continue;
      const auto& one = phrases_[i];
      auto begin = at - one.anchor;
      auto end = begin + one.text.size();
      if (at - from >= one.anchor && end <= to && stands_at(text, begin, one))
        take(i, phrase_hit{one.number, begin, end});
    }
  }

  /// `text` does not end before the phrase does.
  static bool is_written_at(std::string_view text, std::size_t begin,
                            const phrase& one);
  static bool stands_at(std::string_view text, std::size_t begin,
                        const phrase& one);

  /// By what they are looked up by, shorter ones first.
  std::vector<phrase> phrases_;
  std::vector<surroundings> anchors_;
  key_table keys_;
  /// Of the keys of stems, and of the others: both stay in the first cache.
  key_filter<12> stems_;
  key_filter<14> words_;
  std::uint64_t stem_mask_ = ~std::uint64_t{0};
};

} // namespace jobfarm::text
