#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jobfarm::sources {

/// Names the wall that a page is ("challenge page", "sign-in page" ...), or
/// nothing. Judges title, marks of challenge scripts and, where there is
/// little other text, what the page says. Pages of job sites load bot sensors
/// too, so a script alone proves nothing.
std::optional<std::string> name_wall(std::string_view html);

/// True if a body of any kind has the marks of a challenge service's own page.
bool has_wall_mark(std::string_view body);

/// Names the wall that an address leads to, or nothing.
std::optional<std::string> name_wall_address(std::string_view url);

} // namespace jobfarm::sources
