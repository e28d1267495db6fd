#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::text {
class folded_text;
class phrase_scanner;
} // namespace jobfarm::text

namespace jobfarm::normalize {

/// Skills that a plain text names, by their names in the taxonomy, each once,
/// in the order of the taxonomy. One pass over the text. "Go", "R" and "C" are
/// only taken in their case and company of other technologies.
std::vector<std::string> skills_in(const text::folded_text& text);
std::vector<std::string> skills_in(std::string_view text);

/// What `skills_in` looks for, so that a text may be sifted for it.
const text::phrase_scanner& skill_phrases();

} // namespace jobfarm::normalize
