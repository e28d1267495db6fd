#pragma once

#include <string>
#include <string_view>

namespace jobfarm::text {

/// The XXH3 128-bit hash of `text` as 32 hex digits: ids and signatures.
std::string hash_hex(std::string_view text);

} // namespace jobfarm::text
