#pragma once

#include "actors/text/key_table.hpp"
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

/// Phrases in rows of those that are looked up together, by one of their words,
/// their anchor.
class phrase_rows {
public:
  struct phrase {
    std::string text;
    /// Index in the list its scanner was made of.
    std::size_t number = 0;
    /// In a sieve: index of its scanner, and of the first of its copies.
    std::size_t scanner = 0;
    std::size_t copy_of = 0;
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

    std::string_view from_anchor() const {
      return std::string_view{text}.substr(anchor);
    }
  };

  /// Whether a head may go on behind the end of the phrase.
  static bool ends_in_head(const phrase& one);

  /// The bytes near a place: some before it and its first ones, sixteen in all.
  static block::bytes bytes_near(const char* place) {
    return block::load(place - seen_before);
  }

  /// What phrases have near their anchors; that of none nothing fits.
  struct look {
    block::bytes bytes = block::bytes{} + 1;
    block::bytes mask{};

    /// 1 if it does, else 0.
    unsigned fits(block::bytes given) const {
      return block::are_equal(given & mask, bytes);
    }
    /// How many bytes it tells.
    int size() const {
      return __builtin_popcount(block::bits(mask));
    }
    /// What both tell.
    look operator&(const look& other) const {
      auto both = mask & other.mask & block::equal(bytes ^ other.bytes, 0);
      return {bytes & both, both};
    }
  };

  phrase_rows() = default;
  /// Of phrases in order of their rows.
  explicit phrase_rows(std::vector<phrase> phrases);

  const std::vector<phrase>& phrases() const {
    return phrases_;
  }

  /// What is asked of a phrase whose anchor stands in a text, close together:
  /// see `phrase`.
  struct brief {
    std::uint32_t number = 0;
    std::uint16_t size = 0;
    std::uint16_t anchor = 0;
    std::uint16_t copy_of = 0;
    std::uint8_t scanner = 0;
    bool is_open = false;
    bool is_part = false;
    /// Whether what surrounds its anchor is all of it.
    bool is_known = false;
  };
  const brief& brief_of(std::size_t i) const {
    return briefs_[i];
  }

  look look_of(std::size_t i) const {
    return {nearest(anchors_[i].bytes), nearest(anchors_[i].mask)};
  }

  /// Calls `take(i, hit)` for each phrase i of a row whose anchor stands at
  /// `at` and that lies between `from` and `to`.
  template <class Take>
  void find(std::string_view text, std::size_t at, key_table::range row,
            std::size_t from, std::size_t to, Take& take) const {
    auto around = bytes_around(text, at);
    const auto* first = anchors_.data() + row.first;
    for (const auto* its = first; its != first + row.count; ++its) {
      if (!its->fit(around))
        continue;
      auto i = static_cast<std::size_t>(its - anchors_.data());
      const auto& one = briefs_[i];
      auto begin = at - one.anchor;
      auto end = begin + one.size;
      if (at - from >= one.anchor && end <= to && stands_at(text, begin, i))
        take(i, phrase_hit{one.number, begin, end});
    }
  }

private:
  /// The bytes around a place: sixteen before it and its first sixteen. Zeros
  /// where the text has none.
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
      // Most differ behind, and have their anchor at their begin.
      return block::are_zero((given.behind & mask.behind) ^ bytes.behind)
             && block::are_zero((given.before & mask.before) ^ bytes.before);
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

  static constexpr std::size_t seen_before = 3;
  static block::bytes nearest(const vicinity& around);

  /// `text` does not end before the phrase does.
  static bool is_written_at(std::string_view text, std::size_t begin,
                            const phrase& one);
  bool stands_at(std::string_view text, std::size_t begin, std::size_t i) const;

  std::vector<phrase> phrases_;
  std::vector<brief> briefs_;
  std::vector<surroundings> anchors_;
};

} // namespace jobfarm::text
