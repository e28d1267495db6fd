#pragma once

#include <cstdint>
#include <string_view>

namespace jobfarm::dedupe {

/// XXH3 of a text, by the processor's widest instructions: for long ones, as
/// the choice is a call. Never 0.
std::uint64_t hash_long_text(std::string_view text);

} // namespace jobfarm::dedupe
