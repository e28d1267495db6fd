#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::normalize {

/// Tells of most short texts at a glance that none of some phrases stands in
/// them, whatever their case and whatever stands between words: a few letters
/// of the longest word of each phrase are looked for. Immutable.
class piece_filter {
public:
  /// Phrases as `phrase_scanner` has them.
  explicit piece_filter(const std::vector<std::string_view>& phrases);

  /// False if no phrase can be found in the folded form of `text`.
  bool may_hold(std::string_view text) const;

private:
  /// One bit for some pieces each.
  std::array<std::uint64_t, 512> bits_{};
  /// Words that are too short for a piece.
  std::vector<std::string> short_words_;
};

} // namespace jobfarm::normalize
