#pragma once

#include "actors/collect/lane_tally.hpp"
#include "actors/dedupe/candidates.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace jobfarm::collect {

/// Which entries of a large block have a lane: chains through all that have it,
/// the one that came last first, and for bands through those of seven other
/// values. An entry takes 3 bytes a band and 6 a mark; beside that there are
/// 24 kB a band and 512 kB in all.
class lane_index {
public:
  using entry_number = std::uint32_t;

  lane_index(std::size_t bands, std::size_t marks);

  /// Adds an entry by its lanes, bands first, 0 for none. It is one that was
  /// removed, or has the number of those that were added; less than 2^21.
  void add(entry_number entry, const dedupe::lane* lanes);

  /// Takes an entry out that was added with these lanes.
  void remove(entry_number entry, const dedupe::lane* lanes);

  /// Visits the entries that have a lane, a mark in whichever place.
  template <class Visit>
  void each(std::size_t which, dedupe::lane value, Visit visit) const {
    if (which < bands_) {
      for (auto at = band_heads_[head_of(which, value)]; at.number != none;
           at = band_links_[behind(entry_of(at), which)])
        if (at.tag == tag_of(value))
          visit(entry_of(at));
    } else {
      for (auto at = mark_heads_[value]; at != none; at = marks_[at].next)
        visit(marks_[at].entry);
    }
  }

  /// How many entries have it: exact if `enough` or more do, else less than
  /// `enough`, and perhaps more than do.
  std::size_t count(std::size_t which, dedupe::lane value,
                    std::size_t enough) const;

  /// Memory that it takes.
  std::size_t bytes() const noexcept;

private:
  static constexpr unsigned head_bits = 13;
  static constexpr unsigned tag_bits = 16 - head_bits;
  static constexpr unsigned number_bits = 24 - tag_bits;
  static constexpr std::uint32_t none = 0;

  /// To an entry, by its number from 1 on and what `head_of` does not tell of
  /// its lane. There are millions of these.
  struct [[gnu::packed]] band_link {
    std::uint32_t number : number_bits;
    std::uint32_t tag : tag_bits;
  };
  static_assert(sizeof(band_link) == 3);

  /// To a mark, by its place.
  using mark_link = std::uint32_t;

  struct [[gnu::packed]] mark {
    std::uint64_t entry : number_bits;
    std::uint64_t next : 48 - number_bits;
  };
  static_assert(sizeof(mark) == 6);

  static std::uint32_t tag_of(dedupe::lane value) noexcept {
    return std::uint32_t{value} >> head_bits;
  }
  static entry_number entry_of(band_link at) noexcept {
    return at.number - 1;
  }
  static std::size_t head_of(std::size_t band, dedupe::lane value) noexcept {
    return (band << head_bits) + value % (1u << head_bits);
  }
  std::size_t behind(entry_number entry, std::size_t band) const noexcept {
    return entry * bands_ + band;
  }

  void add_mark(entry_number entry, dedupe::lane value);
  void remove_mark(entry_number entry, dedupe::lane value);
  void link_mark(mark_link one, mark_link next);
  template <class Visit>
  void each_key(const dedupe::lane* lanes, Visit visit) const;

  std::size_t bands_;
  std::size_t most_marks_;
  std::vector<band_link> band_heads_;
  std::vector<mark_link> mark_heads_;
  /// They grow by millions, so they are not moved.
  std::deque<band_link> band_links_;
  /// The first is not used.
  std::deque<mark> marks_;
  mark_link free_mark_ = none;
  /// What was counted is remembered.
  mutable lane_tally tally_;
};

} // namespace jobfarm::collect
