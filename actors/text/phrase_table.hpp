#pragma once

#include "actors/text/phrase_scanner.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace jobfarm::text {

/// Phrases that mean the same: `|` between them, `*` as `phrase_scanner` has
/// it.
template <class Kind>
struct phrase_group {
  Kind kind;
  std::string_view phrases;
};

/// Calls `take(phrase)` for each part of `phrases` between `|`.
template <class Take>
constexpr void for_each_phrase(std::string_view phrases, Take take) {
  while (!phrases.empty()) {
    auto bar = phrases.find('|');
    take(phrases.substr(0, bar));
    phrases.remove_prefix(bar == phrases.npos ? phrases.size() : bar + 1);
  }
}

/// Groups of phrases, and a scanner for all of them.
template <class Kind>
class phrase_table {
public:
  template <std::size_t N>
  explicit phrase_table(const phrase_group<Kind> (&groups)[N],
                        std::string_view blanks = {})
      : phrases_(split(groups, kinds_)), scanner_(phrases_, blanks) {
  }

  const phrase_scanner& scanner() const {
    return scanner_;
  }
  /// What the phrase of a hit means.
  Kind kind(const phrase_scanner::hit& found) const {
    return kinds_[found.phrase];
  }
  /// The phrase of a hit as given.
  std::string_view phrase(const phrase_scanner::hit& found) const {
    return phrases_[found.phrase];
  }

private:
  template <std::size_t N>
  static std::vector<std::string_view>
  split(const phrase_group<Kind> (&groups)[N], std::vector<Kind>& kinds) {
    std::vector<std::string_view> phrases;
    for (const auto& group : groups)
      for_each_phrase(group.phrases, [&](std::string_view phrase) {
        phrases.push_back(phrase);
        kinds.push_back(group.kind);
      });
    return phrases;
  }

  std::vector<Kind> kinds_;
  std::vector<std::string_view> phrases_;
  phrase_scanner scanner_;
};

} // namespace jobfarm::text
