#include "actors/text/long_hash.hpp"

#include <cstring>
#include <memory>

#ifdef JOBFARM_XXHASH_DISPATCH
#include <xxh_x86dispatch.h>
#else
#include <xxhash.h>
#endif

namespace jobfarm::text {

namespace {

/// libxxhash 0.8.1 leaves the upper halves of vector registers in use. As long
/// as they hold something, all narrower instructions of the thread wait for
/// each other (Intel SDM 1, 14.3).
void end_wide_code() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx"))
    asm volatile("vzeroupper" ::: "memory");
#endif
}

} // namespace

std::uint64_t long_hash(std::string_view text) {
  const auto hash = XXH3_64bits(text.data(), text.size());
  end_wide_code();
  return hash;
}

std::uint64_t long_hash(std::string_view first, std::string_view second) {
  const std::unique_ptr<XXH3_state_t, XXH_errorcode (*)(XXH3_state_t*)> all(
      XXH3_createState(), XXH3_freeState);
  XXH3_64bits_reset(all.get());
  XXH3_64bits_update(all.get(), first.data(), first.size());
  XXH3_64bits_update(all.get(), second.data(), second.size());
  const auto hash = XXH3_64bits_digest(all.get());
  end_wide_code();
  return hash;
}

std::array<char, 16> long_hash_128(std::string_view text) {
  const auto made = XXH3_128bits(text.data(), text.size());
  end_wide_code();
  std::array<char, 16> hash;
  std::memcpy(hash.data(), &made.low64, 8);
  std::memcpy(hash.data() + 8, &made.high64, 8);
  return hash;
}

} // namespace jobfarm::text
