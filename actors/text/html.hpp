#pragma once

#include <string>
#include <string_view>

namespace jobfarm::text {

/// Returns `html` as a person would read it: paragraphs, headings, list items
/// and table rows on lines of their own (list items begin with "- ", cells are
/// joined by " | "), at most one empty line between blocks, entities decoded
/// once ("&amp;nbsp;" twice), no script, style, form choices or zero-width
/// debris, UTF-8 NFC. Plain text passes through with its line
/// breaks. Any bytes; linear in time; the result is never longer than the
/// input by more than a constant factor.
std::string html_to_text(std::string_view html);

/// True if `html` has a tag or what looks like one.
bool has_markup(std::string_view html);

} // namespace jobfarm::text
