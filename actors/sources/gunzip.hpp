#pragma once

#include "messages/expected.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace jobfarm::sources {

/// True if the bytes begin as a gzip file does (RFC 1952 2.3.1).
bool is_gzip(std::string_view bytes);

/// What a gzip file of one or more members holds. Memory stays within
/// `most_bytes` whatever the file says. Errors: too_large beyond that;
/// bad_payload if it is damaged or cut off.
expected<std::string> gunzip(std::string_view bytes, std::size_t most_bytes);

} // namespace jobfarm::sources
