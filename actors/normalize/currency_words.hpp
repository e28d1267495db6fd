#pragma once

#include <string_view>

namespace jobfarm::normalize {

/// A currency (ISO 4217) that words name which are written in one country only;
/// empty if they name none. `original` and `folded` are the words, `country`
/// (ISO 3166-1) the posting's: pay in lakhs is India's unless a neighbour is
/// the place.
std::string_view currency_of_words(std::string_view original,
                                   std::string_view folded,
                                   std::string_view country);

/// The code in brackets that follows an amount, or words of its period, before
/// any other number: " per month (INR)"; empty for none. Looks a few words
/// ahead.
std::string_view code_behind(std::string_view original);

/// The Nordic crown by the words around it; empty if they do not tell.
std::string_view crown_of_words(std::string_view folded);

} // namespace jobfarm::normalize
