#pragma once

#include <string>
#include <string_view>

namespace jobfarm::text {

/// Returns `text` with every byte that is no UTF-8 replaced by U+FFFD.
std::string repair_utf8(std::string_view text);

/// Returns `text` in Unicode Normalization Form C, repaired first.
std::string nfc(std::string text);

/// True if `text` is valid UTF-8 and its own NFC whatever stands beside it, as
/// far as can be told at a glance; false asks for `nfc`.
bool is_plainly_nfc(std::string_view text);

/// Returns `text` for matching: repaired, compatibility-composed, case folded
/// (Unicode NFKC_Casefold), diacritics kept.
std::string fold(std::string_view text);

/// Returns `fold(text)` without diacritics ("São" and "Sao" become "sao").
std::string fold_ascii(std::string_view text);

/// What `fold_ascii` makes of one code point, as it is `written` (U+FFFD for
/// what is none); kept in `room` where neither that nor a table has it.
std::string_view folded_form(char32_t point, std::string_view written,
                             std::string& room);

/// True for Unicode's letters and numbers of all kinds (L, N).
bool is_letter_or_number(char32_t point);

/// Returns `text` without white space (Unicode, zero-width too) at both ends
/// and with each run inside as one space.
std::string collapse_space(std::string_view text);

/// Whether a text is ASCII with single blanks between words and no other space.
bool is_plain(std::string_view text);

/// Whether `collapse_space` leaves nothing of it.
bool is_blank(std::string_view text);

/// UTF-8 read as Latin-1 and stored again ("SÃ£o" for "São") is undone where
/// the whole text round-trips; else `text` comes back unchanged.
std::string repair_mojibake(std::string_view text);

} // namespace jobfarm::text
