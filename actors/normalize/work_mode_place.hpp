#pragma once

#include <string_view>

// Whether a word for an office is where somebody is, and whether that is the
// one who is sought. All texts are folded.
namespace jobfarm::normalize {

/// The next word between blanks; moves `text` behind it. Empty at the end.
std::string_view next_word(std::string_view& text);

/// The last word before the end of `text`, which is moved before it.
std::string_view last_word(std::string_view& text);

/// Whether `list` has the word; `|` between its words.
bool is_one_of(std::string_view word, std::string_view list);

/// "In our Berlin" office: a word that leads to a place shortly before `at`.
bool leads_to_place(std::string_view text, std::size_t at);

/// Whether no word follows with which the one before makes another: the
/// "office" of an "office manager".
bool ends_a_phrase(std::string_view after);

/// "You will work from our Berlin" office: the place at `begin` to `end` is
/// where the work of the job is done, with no word of choice or of seldom.
bool is_where_one_works(std::string_view text, std::size_t begin,
                        std::size_t end);

/// "This job is done online from" home, at `begin` to `end`: all of the work is
/// done there, as far as the sentence says.
bool is_where_home_works(std::string_view text, std::size_t begin,
                         std::size_t end);

/// "Presence is required", "work is a must" behind a word for on site.
bool is_demanded_behind(std::string_view text, std::size_t end);

/// "Requires onsite work", "Located on site in": the word at `begin` to `end`.
bool is_demanded_before(std::string_view text, std::size_t begin,
                        std::size_t end);

} // namespace jobfarm::normalize
