#pragma once

#include "actors/sources/page_json.hpp"
#include "actors/sources/source.hpp"

#include <string>

namespace jobfarm::sources {

/// Returns the posting of one card of a result page's model. `host` is the
/// site's, for the canonical address. Errors: bad_payload where the card has
/// no key or title, not_found where it says that it expired.
expected<raw_posting> read_indeed_card(json_value card,
                                       const std::string& host);

/// Returns the posting of a job page's model (`window._initialData`). Errors:
/// schema_changed where it is not that model.
expected<raw_posting> read_indeed_job(json_value model,
                                      const std::string& host);

} // namespace jobfarm::sources
