#pragma once

#include "actors/normalize/gazetteer.hpp"

#include <string_view>
#include <vector>

namespace jobfarm::normalize {

/// A short form or other name that boards use and no package brings.
struct place_alias {
  std::string_view alias;
  place_kind kind;
  /// English name of the place as the gazetteer has it; empty for countries.
  std::string_view name;
  std::string_view country;
};

/// Own collection from how boards write places.
inline const std::vector<place_alias>& place_aliases() {
  using k = place_kind;
  static const std::vector<place_alias> all = {
      {"New York City", k::city, "New York", "US"},
      {"NYC", k::city, "New York", "US"},
      {"Manhattan NY", k::city, "New York", "US"},
      {"SF", k::city, "San Francisco", "US"},
      {"San Fran", k::city, "San Francisco", "US"},
      {"San Fransisco", k::city, "San Francisco", "US"},
      {"LA", k::city, "Los Angeles", "US"},
      {"DC", k::city, "Washington D.C.", "US"},
      {"Washington D C", k::city, "Washington D.C.", "US"},
      {"SEA", k::city, "Seattle", "US"},
      {"CHI", k::city, "Chicago", "US"},
      {"ATL", k::city, "Atlanta", "US"},
      {"Philly", k::city, "Philadelphia", "US"},
      {"Vegas", k::city, "Las Vegas", "US"},
      {"SLC", k::city, "Salt Lake City", "US"},
      {"BLR", k::city, "Bengaluru", "IN"},
      {"Bangalore", k::city, "Bengaluru", "IN"},
      {"Gurugram", k::city, "Gurgaon", "IN"},
      {"Bombay", k::city, "Mumbai", "IN"},
      {"Madras", k::city, "Chennai", "IN"},
      {"Calcutta", k::city, "Kolkata", "IN"},
      {"CDMX", k::city, "Mexico City", "MX"},
      {"Ciudad de Mexico", k::city, "Mexico City", "MX"},
      {"GTA", k::city, "Toronto", "CA"},
      {"Bay Area", k::admin1, "California", "US"},
      {"San Francisco Bay Area", k::admin1, "California", "US"},
      {"SF Bay Area", k::admin1, "California", "US"},
      {"Silicon Valley", k::admin1, "California", "US"},
      {"SoCal", k::admin1, "California", "US"},
      {"NorCal", k::admin1, "California", "US"},
      {"USA", k::country, "", "US"},
      {"U S", k::country, "", "US"},
      {"U S A", k::country, "", "US"},
      {"United States of America", k::country, "", "US"},
      {"America", k::country, "", "US"},
      {"Great Britain", k::country, "", "GB"},
      {"England", k::country, "", "GB"},
      {"Scotland", k::country, "", "GB"},
      {"Wales", k::country, "", "GB"},
      {"Northern Ireland", k::country, "", "GB"},
      {"Holland", k::country, "", "NL"},
      {"The Netherlands", k::country, "", "NL"},
      {"UAE", k::country, "", "AE"},
      {"Emirates", k::country, "", "AE"},
      {"KSA", k::country, "", "SA"},
      {"Czech Republic", k::country, "", "CZ"},
      {"Turkey", k::country, "", "TR"},
      {"Korea", k::country, "", "KR"},
      {"South Korea", k::country, "", "KR"},
      {"Russia", k::country, "", "RU"},
      {"Taiwan", k::country, "", "TW"},
      {"Vietnam", k::country, "", "VN"},
      {"Viet Nam", k::country, "", "VN"},
      {"Hong Kong SAR", k::country, "", "HK"},
      {"Macau", k::country, "", "MO"},
      {"Ivory Coast", k::country, "", "CI"},
  };
  return all;
}

} // namespace jobfarm::normalize
