#pragma once

#include "actors/sources/jsonld_graph.hpp"
#include "messages/expected.hpp"
#include "messages/posting.hpp"

#include <string>

namespace jobfarm::sources {

/// Returns what a JobPosting node says (schema.org JobPosting). `page_url` is
/// the page's own address, absolute or empty: relative addresses are resolved
/// against it. Board, `fetched_at` and a missing `url` are left to the caller.
/// Errors: bad_payload where there is no title to show.
expected<raw_posting> read_jsonld_posting(const jsonld_graph& graph,
                                          json_value posting,
                                          const std::string& page_url);

/// Undoes what sites do to the HTML of a description: markup written as
/// entities (once or twice) where there is no other markup, and line breaks
/// written as backslash and `n`.
std::string restore_markup(std::string description);

} // namespace jobfarm::sources
