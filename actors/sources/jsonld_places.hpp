#pragma once

#include "actors/sources/jsonld_graph.hpp"

#include <string>
#include <vector>

namespace jobfarm::sources {

/// A place of work as JSON-LD states it; parts not stated are empty.
struct stated_place {
  /// The parts in one line, or the text that stands in their stead.
  std::string display;
  std::string city;
  std::string region;
  /// Name or code, as given.
  std::string country;
  std::string postal_code;
};

/// Every place of a member such as `jobLocation`: a text, a Country by its
/// name, a Place with a text or a PostalAddress for address, a bare
/// PostalAddress, arrays of these. Fillers such as "UNAVAILABLE" and "-" are
/// nothing; parts of an address that are longer than any name, and more places
/// than any job has, are left out.
std::vector<stated_place> read_places(const jsonld_graph& graph,
                                      json_value posting,
                                      std::string_view member);

/// Returns `text` on one line with entities decoded, or nothing for a filler.
std::string stated_text(const std::string& text);

} // namespace jobfarm::sources
