#pragma once

#include "actors/normalize/gazetteer.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace jobfarm::normalize {

/// Collects places and their names and writes the file that `gazetteer` maps.
class gazetteer_writer {
public:
  using place_id = std::uint32_t;

  place_id add(place_kind kind, const std::string& name,
               const std::string& admin1, const std::string& admin1_code,
               const std::string& country, std::uint32_t population);

  /// A name in any language; kept under its `place_key`.
  void name(place_id place, const std::string& name);

  /// ISO 3166-1 alpha-2 of a place.
  const std::string& country_of(place_id place) const {
    return places_[place].country;
  }

  /// Adds people to a state or country.
  void grow(place_id place, std::uint32_t people);

  /// A code, kept as it is.
  void code(place_id place, const std::string& code);

  /// Errors: store_failed.
  expected<void> write(const std::string& path) const;

private:
  struct entry {
    place_kind kind;
    std::uint32_t name;
    std::uint32_t admin1;
    std::uint32_t admin1_code;
    std::string country;
    std::uint32_t population;
  };

  std::uint32_t text(const std::string& text);

  std::vector<entry> places_;
  std::set<std::pair<std::string, place_id>> names_;
  std::string texts_{'\0'};
  std::map<std::string, std::uint32_t> offsets_{{"", 0}};
};

} // namespace jobfarm::normalize
