#pragma once

#include <string>
#include <string_view>

namespace jobfarm::text {

/// True if `text` is HTML whose markup was written as entities once or twice
/// more ("&lt;p&gt;"), as Greenhouse sends it: no tag of its own, but
/// references that become tags. Decode its entities before reading it.
bool is_escaped_html(std::string_view text);

/// What a source sent as a description, as a person would read it
/// (`html_to_text`), however often its markup was escaped. Linear.
std::string description_text(std::string_view html);

/// A field of one line as people read it: references decoded, in NFC, blanks
/// collapsed.
std::string field_text(std::string_view field);

} // namespace jobfarm::text
