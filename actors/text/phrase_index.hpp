#pragma once

#include "actors/text/key_table.hpp"
#include "actors/text/phrase_begins.hpp"
#include "actors/text/phrase_rows.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace jobfarm::text {

/// Phrases by the head of one of their words, their anchor (`phrase_head`). A
/// phrase that ends within the head that a longer word would have there is a
/// stem (`ends_in_head`): stems are looked up by as many bytes as the shortest
/// one has.
class phrase_index {
public:
  using phrase = phrase_rows::phrase;

  phrase_index() = default;
  explicit phrase_index(std::vector<phrase> phrases);

  const std::vector<phrase>& phrases() const {
    return rows_.phrases();
  }

  /// Whether a phrase may stand where a text has this head, or what stands
  /// there begins with these bytes.
  bool may_begin(std::uint64_t head) const {
    auto bit = begin_of(head);
    return (begins_[bit / 64] >> bit % 64 & 1) != 0;
  }

  /// Calls `take(i, hit)` for each phrase i of `phrases()` whose anchor stands
  /// at `at`, where the text has `head`, and that lies between `from` and `to`;
  /// those with one begin in order of their ends.
  template <class Take>
  void find(std::string_view text, std::size_t at, std::uint64_t head,
            std::size_t from, std::size_t to, Take& take) const {
    if (auto found = stems_.find(head & stem_mask_); found.count > 0)
      rows_.find(text, at, found, from, to, take);
    if (auto found = words_.find(head); found.count > 0)
      rows_.find(text, at, found, from, to, take);
  }

private:
  /// Sets what the phrases are looked up by.
  void set_keys(std::vector<phrase>& phrases);

  static constexpr unsigned begin_bits = 14;

  std::size_t begin_of(std::uint64_t head) const {
    return key_hash(head & begin_mask_) >> (64 - begin_bits);
  }

  void add_begin(std::uint64_t head) {
    auto bit = begin_of(head);
    begins_[bit / 64] |= std::uint64_t{1} << bit % 64;
  }

  /// By what they are looked up by, shorter ones first.
  phrase_rows rows_;
  key_table words_;
  key_table stems_;
  std::uint64_t stem_mask_ = 0;
  /// A bit for what the anchors begin with: tells for most words that no phrase
  /// stands there.
  std::array<std::uint64_t, (std::size_t{1} << begin_bits) / 64> begins_{};
  std::uint64_t begin_mask_ = 0;
};

} // namespace jobfarm::text
