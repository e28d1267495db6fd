#pragma once

#include <string_view>

namespace jobfarm::normalize {

/// What stands first in a date of three numbers that ends in the year.
enum class date_order { unknown, day_first, month_first };

/// The order that is the custom of an ISO 3166-1 alpha-2 country; unknown where
/// both are, where the year stands first, and for no country.
date_order date_order_of(std::string_view country);

} // namespace jobfarm::normalize
