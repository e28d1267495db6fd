#pragma once

#include "messages/failure.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jobfarm::sources {

/// Reads an error body of a JSON API or a bare "Not Found": its own status or
/// its words give the code. Nothing if the body is not one.
std::optional<failure> read_error_body(std::string_view body);

/// What a JSON body says went wrong, lower case; empty if it says nothing.
std::string error_words(std::string_view body);

/// The code for an HTTP status of 300 and more, helped by the words of the
/// body (lower case, maybe none).
errc code_of_status(std::int32_t status, std::string_view words);

} // namespace jobfarm::sources
