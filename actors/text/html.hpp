#pragma once

#include <string>
#include <string_view>

namespace jobfarm::text {

/// Returns `html` as a person would read it: paragraphs, headings, list items
/// and table rows on lines of their own (list items begin with "- "), at most
/// one empty line between blocks, entities decoded once, no script, style or
/// zero-width debris, UTF-8 NFC. Plain text passes through with its line
/// breaks. Any bytes; linear in time; the result is never longer than the
/// input by more than a constant factor.
std::string html_to_text(std::string_view html);

/// True if `text` is HTML whose markup was written as entities once more
/// ("&lt;p&gt;"), as Greenhouse sends it: no tag of its own, but references
/// that become tags. Decode its entities once before reading it.
bool is_escaped_html(std::string_view text);

} // namespace jobfarm::text
