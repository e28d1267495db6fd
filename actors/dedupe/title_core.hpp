#pragma once

#include "messages/posting.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::dedupe {

/// What a title says of the job itself: without its place, work mode, "(m/w/d)"
/// and requisition numbers; its level apart.
struct title_core {
  /// The words that are left, folded, in their order, one blank between them;
  /// words of level included.
  std::string text;
  /// Bit set of the words of level: junior, senior ..., I to V.
  std::uint32_t levels = 0;
};

title_core title_core_of(const job_posting& posting);

/// How the words of two cores differ, words of level aside. Words that are
/// spelled alike ("eng" and "engineer", one a plural of the other) are equal.
enum class wording {
  same,     ///< the same words, in any order
  more,     ///< one says more than the other
  synonyms, ///< they differ in words that mean the same
  other,    ///< each says something that the other does not
};

wording compare_wording(const title_core& a, const title_core& b);

/// How two sets of words of level relate.
enum class level_relation { same, one_sided, conflict };

level_relation compare_levels(std::uint32_t a, std::uint32_t b);

/// The words of `text`: runs of letters and digits (any byte beyond ASCII
/// counts as one).
std::vector<std::string_view> split_words(std::string_view text);

} // namespace jobfarm::dedupe
