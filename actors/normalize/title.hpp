#pragma once

#include "actors/normalize/title_decoration.hpp"
#include "messages/posting.hpp"

#include <string>
#include <string_view>

namespace jobfarm::normalize {

/// A title for display: entities and markup gone, no requisition numbers, no
/// emoji, no "(m/f/d)", no "- Remote", place or company beside it, no
/// "URGENT:", not shouting.
std::string clean_title(std::string title, const title_context& context);

/// A title for matching: folded, abbreviations written out (Sr. -> senior, TPM
/// -> technical program manager), punctuation as blanks.
std::string normalize_title(std::string_view title);

/// Career level by the words of a normalised title; `unknown` without a cue.
seniority seniority_of(std::string_view normalized_title);

/// Role of the taxonomy by a normalised title: a slug, `other` if none fits.
std::string_view role_family_of(std::string_view normalized_title);

} // namespace jobfarm::normalize
