#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace jobfarm::text {

/// XXH3 by the processor's widest instructions: for long texts, as the choice
/// is a call.
std::uint64_t long_hash(std::string_view text);

/// The same of two texts, one behind the other.
std::uint64_t long_hash(std::string_view first, std::string_view second);

/// The 128-bit one, in the byte order of the machine.
std::array<char, 16> long_hash_128(std::string_view text);

} // namespace jobfarm::text
