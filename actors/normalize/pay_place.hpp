#pragma once

#include "actors/normalize/salary.hpp"
#include "actors/text/folded_text.hpp"

#include <string>
#include <string_view>

namespace jobfarm::text {
class phrase_scanner;
} // namespace jobfarm::text

namespace jobfarm::normalize {

/// The place of a posting, against which the labels of its ranges are held.
class own_place {
public:
  /// Names in the record's words; the country by ISO 3166-1.
  own_place(std::string_view city, std::string_view admin1,
            std::string_view country);

  /// How closely a range's label names the place: 4 the city, 3 the state, 2
  /// the country, 1 the country's currency among others, 0 nothing.
  int closeness(const pay_range& range) const;

private:
  /// Folded.
  std::string city_;
  std::string admin1_;
  /// More names of the city and those of the country, `|` between them.
  std::string_view city_names_;
  std::string_view country_names_;
  std::string_view currency_;
};

/// True for the currencies that the sign `$` stands for beside US dollars.
bool is_dollar(std::string_view currency);

/// The dollar of the one country that words before a bare `$` name: "for US
/// residents: $...", "Canada: $..."; empty if they name none or several. They
/// stand in `folded` from `from` to `to`. "US" counts in capitals only.
std::string_view dollar_of_words(std::string_view original,
                                 const text::folded_text& folded,
                                 std::size_t from, std::size_t to);

/// What `dollar_of_words` looks for, so that a text may be sifted for it.
const text::phrase_scanner& dollar_phrases();

} // namespace jobfarm::normalize
