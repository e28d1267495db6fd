#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::normalize {

/// A word or a number of a date's text; separators are dropped.
struct date_token {
  std::string word;
  /// Negative for a word.
  std::int64_t number = -1;
};

/// How old a relative text says that a posting is.
struct posting_age {
  std::int64_t seconds = 0;
  /// Calendar months, on top of the seconds.
  int months = 0;
  /// "30+ days ago": this old or older.
  bool at_least = false;
};

/// Reads "3 days ago", "vor einer Woche", "hier", "3天前" and the like in the
/// main languages of job sites; nothing for what is in the future ("in 3
/// days"), a time left, or no age. `folded` is the whole text by `fold_ascii`,
/// `tokens` its words and numbers.
std::optional<posting_age> age_in(std::string_view folded,
                                  const std::vector<date_token>& tokens);

} // namespace jobfarm::normalize
