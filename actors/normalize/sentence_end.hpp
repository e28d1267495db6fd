#pragma once

#include <cstddef>
#include <string_view>

namespace jobfarm::text {
class folded_text;
} // namespace jobfarm::text

namespace jobfarm::normalize {

/// True if a stop stands before a blank and belongs to no abbreviation of job
/// ads.
bool stop_ends_sentence(std::string_view text, std::size_t at);

/// True if the last byte of "。" stands at `at`.
inline bool is_full_stop(std::string_view text, std::size_t at) {
  return at >= 2 && text.substr(at - 2, 3) == "\xE3\x80\x82";
}

/// The first position from `at` on, or the last before `end`, of a byte that
/// may end a sentence or clause; the text's size if there is none.
std::size_t next_sentence_mark(std::string_view text, std::size_t at);
std::size_t last_sentence_mark(std::string_view text, std::size_t end);

/// True if a sentence of folded text ends with the mark at `at`: a line end,
/// "。" or such a stop.
inline bool ends_sentence(std::string_view text, std::size_t at) {
  auto c = text[at];
  return c == '\n' || (c == '\x82' && is_full_stop(text, at))
         || ((c == '.' || c == '!' || c == '?')
             && stop_ends_sentence(text, at));
}

/// The same where the original may tell more: a capital begins a new sentence
/// behind "$36.50/hr.".
bool ends_sentence(const text::folded_text& text, std::size_t at);

/// The sentence around position `at` of folded text: between marks and line
/// breaks, at most 800 bytes.
std::string_view sentence_at(std::string_view text, std::size_t at);

/// The end of the line begun at `at`; very long ones are cut at a blank.
std::size_t line_end(std::string_view text, std::size_t at);

/// Where the next line begins, or the next piece of one, behind such an end.
std::size_t behind_line(std::string_view text, std::size_t end);

/// Where the line of the text that `at` is in, or at the end of, begins; `from`
/// or behind it.
std::size_t line_begin(std::string_view text, std::size_t from, std::size_t at);

} // namespace jobfarm::normalize
