#pragma once

#include "actors/sources/page_json.hpp"
#include "messages/expected.hpp"
#include "messages/posting.hpp"

#include <string>

namespace jobfarm::sources {

/// Returns the posting of one card or job of ZipRecruiter's models: of the
/// pages until early 2026 with enumerations as integers, of those after with
/// enumerations as words. Pay and places of work that the site guessed go to
/// `extra` only. `base` is the site's address; `full_text` the description
/// where the page has it elsewhere. Errors: bad_payload where there is no
/// listing key or title, not_found where it is not active.
expected<raw_posting> read_ziprecruiter_card(json_value card,
                                             const std::string& base,
                                             const std::string& full_text = {});

} // namespace jobfarm::sources
