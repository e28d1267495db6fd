#pragma once

#include "messages/posting.hpp"

#include <string_view>

namespace jobfarm::normalize {

/// The kind of contract that a source's label names, in the main languages;
/// `unknown` for what names none or is not one of ours ("casual").
employment_type employment_of(std::string_view label);

/// The same of a title ("... (Intern)", "Werkstudent"), where a source has no
/// label: only what leaves no doubt.
employment_type employment_in_title(std::string_view title);

} // namespace jobfarm::normalize
