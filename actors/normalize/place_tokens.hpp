#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::normalize {

/// Splits a location text into the places it lists: at `;`, `|`, `/`, line
/// breaks, bullets, "or", "and", "&". At most 50, of the first 2,000 bytes.
std::vector<std::string> split_places(std::string_view text);

/// Splits one place into its parts, the most special first: at commas,
/// brackets, dashes between blanks; "US-CA-San Jose" is turned round. Words
/// that say how the work is done, postal codes and empty parts are left out.
std::vector<std::string> split_parts(std::string_view place);

/// True for two or three capitals: a code, not a name.
bool is_code(std::string_view part);

/// `part` without words that only surround a name ("Greater London Area",
/// "Makati City"), by its `place_key`; unchanged if there are none.
std::string without_frame(std::string_view key);

} // namespace jobfarm::normalize
