#pragma once

#include "actors/text/ascii.hpp"

#include <string>
#include <string_view>

/// Percent-encoding, RFC 3986 2.1. A `%` without two hexadecimal digits behind
/// it encodes nothing.
namespace jobfarm::text {

/// 0 to 15, or -1 if `c` is no hexadecimal digit.
int hex_value(char c);

/// RFC 3986 2.3: never needs to be encoded.
constexpr bool is_unreserved(char c) {
  auto l = ascii_lower(c);
  return (l >= 'a' && l <= 'z') || is_digit(c) || c == '-' || c == '.'
         || c == '_' || c == '~';
}

void append_encoded(std::string& out, char c);

/// Everything encoded is decoded.
std::string percent_decoded(std::string_view text);

/// One spelling: unreserved characters decoded, other encodings in upper case,
/// and what `may_stand` refuses encoded.
std::string normal_encoding(std::string_view text, bool (*may_stand)(char));

} // namespace jobfarm::text
