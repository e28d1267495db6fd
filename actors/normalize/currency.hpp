#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace jobfarm::normalize {

/// A currency's code, sign or word beside a number.
struct currency_mark {
  /// ISO 4217, of static tables; empty if the sign is known and whose it is is
  /// not ("kr").
  std::string_view currency;
  /// The sign left open which dollar, crown, rupee or yuan it is.
  bool is_inferred = false;
  /// Bytes taken, blanks between mark and number included.
  std::size_t size = 0;
};

/// The mark at the end of `text`, the words right before a number. `country`
/// (ISO 3166-1) tells whose `$`, `kr`, `Rs` or `¥` it is.
std::optional<currency_mark> currency_before(std::string_view text,
                                             std::string_view country);

/// The mark at the begin of `text`, the words right after a number.
std::optional<currency_mark> currency_after(std::string_view text,
                                            std::string_view country);

/// The currency beside the first number of a text, if its mark is of one
/// currency only; empty for a dollar sign and the like.
std::string_view sure_currency_in(std::string_view text);

/// The currency that pay is offered in there; empty if the table has it not.
/// Source: ISO 4217 list one.
std::string_view currency_of_country(std::string_view country);

} // namespace jobfarm::normalize
