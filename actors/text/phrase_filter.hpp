#pragma once

#include "actors/text/phrase_begins.hpp"
#include "actors/text/phrase_rows.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace jobfarm::text {

/// Tells the few places of a text where phrases may stand from all others, by
/// the keys of their anchors (`word_key`) and the bytes around them. Without a
/// branch for each place, as that cannot be foretold.
class phrase_filter {
public:
  using phrase = phrase_rows::phrase;

  /// Whether a phrase can be found by its anchor; all others can.
  static bool can_find(const phrase& one);

  phrase_filter() = default;
  explicit phrase_filter(std::vector<phrase> phrases);

  /// A phrase that a word may go on behind is there several times: with the
  /// keys of shorter and longer words.
  const std::vector<phrase>& phrases() const {
    return rows_.phrases();
  }

  const phrase_rows::brief& brief_of(std::size_t i) const {
    return rows_.brief_of(i);
  }

  /// A place in a text of less than 4 GB, and where its word is in the table.
  struct place {
    std::uint32_t at;
    std::uint32_t slot;
  };

  /// The state of a phrase: looked for, or not any more, or neither it nor
  /// anything else of its row. The lowest bit is the row's.
  static constexpr unsigned char wanted = 1;
  static constexpr unsigned char settled = 3;
  static constexpr unsigned char done = 0;

  /// Adds the place to be looked at where a text has a word of this key at
  /// `at`, none for most words that are no anchor. There must be room for one;
  /// returns the end of what is there.
  place* add_place(std::size_t at, std::uint32_t key, place* next) const {
    auto slot = slot_of(key);
    *next = {static_cast<std::uint32_t>(at), slot};
    return next + is_anchor_[slot];
  }

  /// Keeps those places where phrases may stand by the bytes near them, not
  /// those of a row whose first phrase i is done by `states[i]`. Sixteen bytes
  /// on both sides of `text` can be read. Returns their end.
  place* keep_likely(std::string_view text, const unsigned char* states,
                     place* first, const place* last) const {
    const auto* looks = looks_.data();
    const auto* ranges = ranges_.data();
    auto* kept = first;
    for (; first != last; ++first) {
      auto one = *first;
      auto found = ranges[one.slot].first;
      auto near = phrase_rows::bytes_near(text.data() + one.at);
      *kept = one;
      kept += looks[found].fits(near) & states[found];
    }
    return kept;
  }

  /// Whether no other phrase has a key that goes where that of phrase i does.
  bool is_alone(std::size_t i) const {
    return ranges_[phrases()[i].key].count == 1;
  }

  /// Calls `take(i, hit)` for each phrase i of `phrases()` whose anchor stands
  /// at the place.
  template <class Take>
  void find(std::string_view text, place where, Take& take) const {
    rows_.find(text, where.at, ranges_[where.slot], 0, text.size(), take);
  }

private:
  static constexpr unsigned slot_bits = 14;
  static constexpr std::size_t slot_count = std::size_t{1} << slot_bits;

  static std::uint32_t slot_of(std::uint32_t key) {
    return key * 0x85EBCA6BU >> (32 - slot_bits);
  }

  /// In order of their slots, which are their keys; those alike stand together.
  phrase_rows rows_;
  /// What is near the anchors of a row: of those up to one, or of the others.
  struct two_looks {
    phrase_rows::look first;
    phrase_rows::look rest;

    unsigned fits(block::bytes given) const {
      return first.fits(given) | rest.fits(given);
    }
  };
  two_looks looks_of(key_table::range row) const;

  /// Of each row, where its first phrase is; the last one is that of empty
  /// rows.
  std::vector<two_looks> looks_ = std::vector<two_looks>(1);
  /// Of each slot its row.
  std::vector<key_table::range> ranges_ =
      std::vector<key_table::range>(slot_count);
  /// Of each slot 1 if it has a row.
  std::array<unsigned char, slot_count> is_anchor_{};
};

} // namespace jobfarm::text
