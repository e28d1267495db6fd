#pragma once

#include "messages/posting.hpp"

#include <string_view>
#include <vector>

namespace jobfarm::normalize {

class gazetteer;

/// What is known of the posting whose title is cleaned.
struct title_context {
  /// Its places, whose names may stand beside the title; may be null.
  const std::vector<place>* places = nullptr;
  std::string_view company = {};
  /// Knows other names of the places; may be null.
  const gazetteer* world = nullptr;
  /// `normalize_company` of the company, where that is known already.
  std::string_view company_key = {};
};

/// True if a part of a title (in brackets, behind a dash, before a colon) is
/// not the title's: "m/f/d", "Remote within Germany", the posting's place, a
/// requisition number, "80-100%", "Urgent", "$5,000 Sign-On Bonus". Looks at
/// short parts only.
bool is_title_decoration(std::string_view part, const title_context& context);

/// True if `part` is nothing but names of the posting's own places.
bool names_own_place(std::string_view part, const title_context& context);

/// True if `part` is the company, whatever its legal form.
bool names_company(std::string_view part, const title_context& context);

} // namespace jobfarm::normalize
