#pragma once

#include <string>
#include <string_view>

namespace jobfarm::json {

/// `text` with every `\uXXXX` that is half of a surrogate pair and has not the
/// other half beside it as `\uFFFD`. RFC 8259 8.2 allows such escapes, strict
/// readers refuse them, and sites that cut a title in the middle of an emoji
/// send them.
std::string repair_surrogates(std::string_view text);

} // namespace jobfarm::json
