#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::normalize {

/// How a word of a location text is joined to the one before it.
enum class word_join {
  /// "San Jose".
  blank,
  /// "US-CA", "Baden-Baden".
  hyphen,
  /// A comma, colon, bracket or dash between blanks: a part of a place.
  comma,
  /// A semicolon, bar, slash or line break: another place.
  list
};

/// One word of a location text.
struct place_word {
  /// As written; a view of the text.
  std::string_view text;
  word_join before = word_join::list;
  bool has_digit = false;
};

/// Cuts a text into words. Linear; the words view `text`.
std::vector<place_word> place_words(std::string_view text);

/// True for two or three capitals, dots allowed ("US", "N.Y.", "DEU").
bool is_place_code(std::string_view word);

/// Codes that are words of these texts before they are countries: Namibia,
/// Estonia, Italy, Anguilla ... only count behind a name they hold.
bool is_word_code(std::string_view code);

/// Abbreviations of time zones and "not available" that are codes too.
bool is_never_alone(std::string_view code);

/// Short forms that no other word is mistaken for.
bool is_short_form(std::string_view key);

/// What a folded word that names no place does in a location text.
enum class word_role {
  /// May be part of a name nobody knows.
  unknown,
  /// Says how the work is done or who may apply: "remote", "only".
  noise,
  /// Surrounds a name: "greater", "area", "state of".
  frame,
  /// Stands between two places: "or", "und", "y".
  joiner
};

word_role role_of(std::string_view folded);

/// True for English words that also name a town ("Mobile", "Reading"): amid
/// other words they are the words.
bool is_common_word(std::string_view folded);

} // namespace jobfarm::normalize
