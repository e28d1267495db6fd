#pragma once

#include "actors/text/phrase_filter.hpp"
#include "actors/text/phrase_scanner.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace jobfarm::text {

/// Finds the phrases of several scanners in one pass over a text. Scanners with
/// phrases that may begin within a word ("*gehalt") are left out, and those
/// with shorter begins of words than four bytes ("ja*"): they scan by
/// themselves. All must outlive it.
class phrase_sieve {
public:
  /// Of 256 scanners at most.
  explicit phrase_sieve(const std::vector<const phrase_scanner*>& scanners);

  /// Those of the scanners given that it serves.
  const std::vector<const phrase_scanner*>& scanners() const {
    return scanners_;
  }

  /// What each of `scanners()` finds in `text`, in the scanner's own order,
  /// less what is settled (`phrase_scanner::settle_by`). Linear in the text and
  /// the hits.
  std::vector<std::vector<phrase_hit>> hits_in(const folded_text& text) const;

private:
  /// What was found of a text so far.
  struct findings {
    std::vector<std::vector<phrase_hit>> hits;
    /// Of each phrase (`phrase_filter::wanted`).
    std::vector<unsigned char>& states;
  };

  using place = phrase_filter::place;

  /// A text is read in parts of so many bytes, each of which may begin a word:
  /// their places are near when they are looked at.
  static constexpr std::size_t bytes_at_once = 512;

  /// Looks the phrases up that may stand at some places.
  void find(const folded_text& text, place* first, place* last,
            findings& found) const;

  std::vector<const phrase_scanner*> scanners_;
  phrase_filter phrases_;
};

} // namespace jobfarm::text
