#include "actors/normalize/date_order.hpp"

namespace jobfarm::normalize {

namespace {

// By the short dates of the Unicode CLDR, and of two languages of a country
// where they differ. Codes are blank-separated.
constexpr std::string_view month_first = "US PR VI GU AS MP UM FM MH PW";
constexpr std::string_view unsettled =
    "CA PH PA KY BZ CN JP KR KP TW HU LT MN BT IR";

} // namespace

date_order date_order_of(std::string_view country) {
  if (country.size() != 2 || unsettled.find(country) != unsettled.npos)
    return date_order::unknown;
  return month_first.find(country) != month_first.npos ? date_order::month_first
                                                       : date_order::day_first;
}

} // namespace jobfarm::normalize
