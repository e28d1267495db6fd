#include "actors/text/hash.hpp"

#include <xxhash.h>

#include <cstdint>

namespace jobfarm::text {

std::string hash_hex(std::string_view text) {
  auto hash = XXH3_128bits(text.data(), text.size());
  std::string hex(32, '0');
  auto write = [&](std::uint64_t half, std::size_t end) {
    for (; half != 0; half >>= 4)
      hex[--end] = "0123456789abcdef"[half & 15];
  };
  write(hash.high64, 16);
  write(hash.low64, 32);
  return hex;
}

} // namespace jobfarm::text
