#pragma once

#include "actors/text/phrase_scanner.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace jobfarm::text {

/// Finds the phrases of several scanners in one pass over a text. Scanners that
/// have phrases which begin within a word ("*gehalt") or are looked up by less
/// than the key are left out: they scan by themselves. All must outlive it.
class phrase_sieve {
public:
  explicit phrase_sieve(std::vector<const phrase_scanner*> scanners);

  /// Those of the scanners given that it serves.
  const std::vector<const phrase_scanner*>& scanners() const {
    return scanners_;
  }

  /// Calls `take(i, hit)` for what `scanners()[i]` finds in `text`, each
  /// scanner's hits in its own order. Linear in the text and the hits.
  template <class Take>
  void scan(const folded_text& text, Take take) const {
    auto folded = text.folded();
    text.begins().for_each(
        folded, 0, folded.size(), [&](std::size_t at, std::uint32_t key) {
          auto range = by_key_.find(key);
          if (range.count == 0)
            return;
          auto head = head_of(folded.substr(at));
          for (auto i = range.first; i < range.first + range.count; ++i) {
            const auto& one = entries_[i];
            if ((head & one.read_bits) != one.head)
              continue;
            const auto& words = scanners_[one.scanner]->words_;
            const auto& phrase = words.at(one.phrase);
            if (words.stands_at(folded, at, folded.size(), phrase))
              take(one.scanner,
                   phrase_hit{phrase.number, at, at + phrase.text.size()});
          }
        });
  }

private:
  /// A phrase of a scanner, with what its first bytes must be.
  struct entry {
    std::uint64_t head = 0;
    std::uint64_t read_bits = 0;
    std::uint32_t scanner = 0;
    std::uint32_t phrase = 0;
  };

  /// The first eight bytes, zeros where there are fewer.
  static std::uint64_t head_of(std::string_view text) {
    std::uint64_t head = 0;
    if (text.size() >= sizeof head)
      std::memcpy(&head, text.data(), sizeof head);
    else
      std::memcpy(&head, text.data(), text.size());
    return head;
  }

  entry entry_of(std::size_t scanner, std::size_t phrase) const;

  std::vector<const phrase_scanner*> scanners_;
  std::vector<entry> entries_;
  key_table by_key_;
};

} // namespace jobfarm::text
