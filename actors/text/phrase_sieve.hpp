#pragma once

#include "actors/text/phrase_scanner.hpp"

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace jobfarm::text {

/// Finds the phrases of several scanners in one pass over a text. Scanners that
/// have phrases which begin within a word ("*gehalt") or are looked up by less
/// than the key are left out: they scan by themselves. All must outlive it.
///
/// Which words of a text begin a phrase cannot be foretold, so words are sorted
/// out without branches: first those with no phrase's key, then those whose
/// next bytes no phrase has. Few are left to be compared with a phrase.
class phrase_sieve {
public:
  explicit phrase_sieve(std::vector<const phrase_scanner*> scanners);

  /// Those of the scanners given that it serves.
  const std::vector<const phrase_scanner*>& scanners() const {
    return scanners_;
  }

  /// What each of `scanners()` finds in `text`, in the scanner's own order.
  /// Linear in the text and the hits.
  std::vector<std::vector<phrase_hit>> hits_in(const folded_text& text) const;

private:
  static constexpr std::size_t key_classes = 1u << 13;
  /// Bytes behind the key that are looked at before a phrase is.
  static constexpr std::size_t next_bytes = 3;

  /// A phrase of a scanner, with what its first bytes must be.
  struct entry {
    std::uint64_t head = 0;
    std::uint64_t read_bits = 0;
    std::uint32_t scanner = 0;
    std::uint32_t phrase = 0;
  };

  /// The phrases of keys with one hash.
  struct key_class {
    /// For each byte behind the key a bit by its low six bits.
    std::array<std::uint64_t, next_bytes> may_follow{};
    std::uint32_t first = 0;
    std::uint32_t end = 0;
  };

  /// A place of a text that is left, with what it is looked up by.
  struct candidate {
    std::uint32_t at = 0;
    std::uint32_t key_class = 0;
  };

  static std::uint32_t class_of(std::uint32_t key) {
    return (key * 0x9E3779B1U) >> 8 & (key_classes - 1);
  }
  entry entry_of(std::size_t scanner, std::size_t phrase) const;
  void allow(key_class& own, std::size_t scanner, std::size_t phrase) const;
  std::size_t keep_followed(std::string_view text, candidate* all,
                            std::size_t count) const;
  void compare(std::string_view text, const candidate& one,
               std::vector<std::vector<phrase_hit>>& hits) const;

  std::vector<const phrase_scanner*> scanners_;
  std::vector<entry> entries_;
  std::vector<key_class> classes_;
  /// Of each hash its place in `classes_`; 0 for none.
  std::array<std::uint16_t, key_classes> class_at_{};
  std::bitset<key_classes> has_class_;
};

} // namespace jobfarm::text
