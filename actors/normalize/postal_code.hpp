#pragma once

#include <cstddef>
#include <string_view>

namespace jobfarm::normalize {

/// A postal code that words of a text begin with.
struct postal_code {
  /// How many words it takes; 0 if there is none.
  std::size_t words = 0;
  /// ISO 3166-1 alpha-2 where its form belongs to one country, else empty.
  std::string_view country;
};

/// Reads a postal code of one or two words. Forms that name their country:
/// British ("SW1A 1AA"), Canadian ("M5V 2T6"), US ZIP+4;
/// a ZIP of five digits if it is the only one of `words_in_text` words.
postal_code postal_code_at(std::string_view word, std::string_view next,
                           std::size_t words_in_text);

} // namespace jobfarm::normalize
