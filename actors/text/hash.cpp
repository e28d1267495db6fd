#include "actors/text/hash.hpp"

#include <xxhash.h>

#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace jobfarm::text {

namespace {

/// The two digits of each byte.
constexpr auto hex_digits = [] {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<char, 512> all{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    all[2 * byte] = digits[byte >> 4];
    all[2 * byte + 1] = digits[byte & 15];
  }
  return all;
}();

} // namespace

std::string hash_hex(std::string_view text) {
  auto hash = XXH3_128bits(text.data(), text.size());
  std::string hex(32, '0');
  auto* next = hex.data();
  for (auto half : {hash.high64, hash.low64})
    for (int shift = 56; shift >= 0; shift -= 8, next += 2)
      std::memcpy(next, &hex_digits[2 * (half >> shift & 0xFF)], 2);
  return hex;
}

} // namespace jobfarm::text
