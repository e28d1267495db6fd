#include "actors/text/hash.hpp"

#include <xxhash.h>

#include <array>
#include <cstdio>

namespace jobfarm::text {

std::string hash_hex(std::string_view text) {
  auto hash = XXH3_128bits(text.data(), text.size());
  std::array<char, 33> hex{};
  std::snprintf(hex.data(), hex.size(), "%016llx%016llx",
                static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return hex.data();
}

} // namespace jobfarm::text
