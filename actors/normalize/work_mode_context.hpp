#pragma once

#include "actors/normalize/near_words.hpp"
#include "actors/text/affix.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

// What stands around a word for remote, hybrid or on site, and whether it
// makes a statement of it. All texts are folded.
namespace jobfarm::normalize {

/// Hyphens and underscores stand for blanks in a text.
constexpr std::string_view hyphens = "-_";

using text::has;
using text::starts;

bool has_any(std::string_view text,
             std::initializer_list<std::string_view> parts);
bool ends_with(std::string_view text, std::string_view tail);

/// `.`, `!`, `?` or the end of a line.
constexpr bool is_sentence_mark(char mark) {
  return mark == '.' || mark == '!' || mark == '?' || mark == '\n';
}

/// What of `text` follows the last mark for which `is_end` holds.
template <class IsEnd>
std::string_view behind_last(std::string_view text, IsEnd is_end) {
  auto at = text.size();
  while (at > 0 && !is_end(text[at - 1]))
    --at;
  return text.substr(at);
}

/// With hyphens and underscores as blanks.
std::string spaced(std::string_view text);

/// What stands right before `at` in its sentence, spaced; `reach` bytes of it,
/// which are no more than `near_words` hold.
near_words words_before(std::string_view text, std::size_t at,
                        std::size_t reach = 30);

/// What follows `at`, spaced.
near_words words_behind(std::string_view text, std::size_t at);

/// A statement that speaks of something else than this job's place by the words
/// before it, spaced: tools, "occasionally", what others do.
bool is_other_matter_before(std::string_view before);

/// The same by the words behind it: sensing, teams.
bool is_other_matter_behind(std::string_view after);

/// Words shortly before or behind a statement that take it back.
bool is_negated(std::string_view before, std::string_view after);

/// Whether a word for remote that ends at `end` is refused: "not able to offer
/// remote work", "Remote job: no", "ohne Homeoffice".
bool is_refused(std::string_view before, bool is_negated, std::string_view text,
                std::size_t end);

/// Whether English says behind a word for remote that it cannot be had: "for
/// this role is not possible".
bool is_refused_behind(std::string_view text, std::size_t end);

/// Whether a refusal behind `gap` is of the word before it: "working from home
/// for this role is" not possible.
bool is_filler(std::string_view gap);

/// Whether a word for work or a job in another language than English stands
/// shortly before `at`: "op afstand" and "sur site" may be said of anything.
bool names_work_abroad(std::string_view text, std::size_t at);

/// How many days a week stand before `at` ("2", "2-3", "3x", "two", "週3"); 0
/// if no such number does. Of a range the first.
int days_before(std::string_view text, std::size_t at);

/// Whether days that end at `days_end` are none of work at a place beside them,
/// with `gap` between: "5 days of leave and a home office budget", "2 days at
/// the client's".
bool is_leave(std::string_view text, std::size_t days_end,
              std::size_t place_begin, std::size_t place_end,
              std::string_view gap);

/// "8 days per month".
bool is_per_month(std::string_view text, std::size_t at);

/// "4 days per quarter", "2 days a year": too seldom to be a mode.
bool is_per_season(std::string_view text, std::size_t at);

/// Whether the word at `begin` to `end` qualifies a word for the job: "on-site,
/// full-time role", "remote company", is said of one: "the position is fully
/// remote", or says how one works: "work and travel remotely".
bool is_of_a_job(std::string_view text, std::size_t begin, std::size_t end);

/// Whether the word is what its short line is about: "Hybrid - 3 days",
/// "Job type: full-time, remote".
bool is_a_line(std::string_view text, std::size_t begin, std::size_t end);

/// Whether the word is all of a sentence: "Hybrid. You live near Leeds."
bool is_a_sentence(std::string_view text, std::size_t begin, std::size_t end);

enum class answer { none, yes, no };

/// "Remote: yes", "Onsite? No".
answer answer_behind(std::string_view text, std::size_t at);

/// The percentage that stands next to a place with a few words between them; 0
/// for none.
int percent_near(std::string_view text, std::size_t begin, std::size_t end);

/// "Monday to Friday", "Monday, Tuesday".
bool names_whole_week(std::string_view text);

} // namespace jobfarm::normalize
