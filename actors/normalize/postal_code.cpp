#include "actors/normalize/postal_code.hpp"

namespace jobfarm::normalize {

namespace {

/// Matches `A` for a capital, `9` for a digit, `X` for either.
bool fits(std::string_view word, std::string_view form) {
  if (word.size() != form.size())
    return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    auto is_capital = word[i] >= 'A' && word[i] <= 'Z';
    auto is_digit = word[i] >= '0' && word[i] <= '9';
    auto is_fit = form[i] == 'A'   ? is_capital
                  : form[i] == '9' ? is_digit
                                   : is_capital || is_digit;
    if (!is_fit)
      return false;
  }
  return true;
}

/// Postal districts of the Royal Mail: A9, A99, AA9, AA99, A9A, AA9A.
bool is_british_district(std::string_view word) {
  return fits(word, "A9") || fits(word, "A99") || fits(word, "AA9")
         || fits(word, "AA99") || fits(word, "A9A") || fits(word, "AA9A");
}

} // namespace

postal_code postal_code_at(std::string_view word, std::string_view next,
                           std::size_t words_in_text) {
  if (is_british_district(word) && fits(next, "9AA"))
    return {2, "GB"};
  if (fits(word, "A9A") && fits(next, "9A9"))
    return {2, "CA"};
  if (fits(word, "A9A9A9"))
    return {1, "CA"};
  // Of the Netherlands; "AB" is no province.
  if (fits(word, "9999") && fits(next, "AA") && words_in_text > 2)
    return {2, ""};
  if (fits(word, "99999") && fits(next, "9999"))
    return {2, "US"};
  if (fits(word, "99999"))
    return {1, words_in_text == 1 ? "US" : ""};
  return {};
}

} // namespace jobfarm::normalize
