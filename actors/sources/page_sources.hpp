#pragma once

#include "actors/sources/source.hpp"

namespace jobfarm::sources {

/// The sources that read pages made for people; registry.cpp lists them.
extern const source indeed;
extern const source linkedin;
extern const source ziprecruiter;
extern const source jsonld;

/// Reads the JobPostings of one page of any site, as `jsonld` does.
expected<parsed_page> parse_jsonld_page(std::string_view bytes,
                                        const parse_context& context);

} // namespace jobfarm::sources
