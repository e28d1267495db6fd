#pragma once

#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/place_evidence.hpp"
#include "messages/posting.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::normalize {

/// A place as a source has it in fields of its own; any may be empty.
struct address {
  std::string city;
  std::string region;
  std::string country;
};

/// What is known of a posting's places.
struct place_hints {
  std::string_view location;
  const std::vector<std::string>* locations = nullptr;
  std::vector<address> addresses;
  /// ISO 3166-1 alpha-2, where the source states it.
  std::string_view country;
  /// Tells places of one name apart, and names none.
  country_evidence evidence;
};

/// What a posting's places are.
struct resolved_places {
  /// Every place given, the posting's own first. Names that the gazetteer
  /// does not know have only `display`.
  std::vector<place> places;
  /// "EMEA", "worldwide" ..., or empty.
  std::string scope;
  /// A name is that of places in several countries, and further evidence of
  /// the country could tell for another one.
  bool is_close = false;
};

/// Resolves places against the gazetteer: by what stands beside a name first
/// (state, country, the source's country), by population last. What is not
/// known stays empty: a scope never becomes a country.
resolved_places resolve_places(const gazetteer& world,
                               const place_hints& hints);

} // namespace jobfarm::normalize
