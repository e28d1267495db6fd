#pragma once

#include "messages/expected.hpp"

#include <string>
#include <string_view>

namespace jobfarm::text {

/// Returns the canonical form of an absolute http(s) URL by section 6 of the
/// record contract (RFC 3986 6.2 plus the list of tracking parameters).
/// Errors: invalid_input where `url` is not an absolute http(s) URL.
expected<std::string> canonical_url(std::string_view url);

/// Whether an address surely is its own canonical form: a host in small letters
/// and a path of characters that stand for themselves, no more.
bool is_plainly_canonical(std::string_view url);

/// Resolves `reference` against the absolute URL `base` (RFC 3986 5.2).
/// Errors: invalid_input.
expected<std::string> resolve_url(std::string_view base,
                                  std::string_view reference);

/// Returns host and, where given, port of an absolute URL, lower case, no user
/// information; empty if there is none.
std::string authority_of(std::string_view url);

/// Percent-encodes all but unreserved characters (RFC 3986 2.3).
std::string percent_encode(std::string_view text);

} // namespace jobfarm::text
