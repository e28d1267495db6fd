#include "actors/dedupe/text_hash.hpp"

#include "messages/wide_code.hpp"

#ifdef JOBFARM_XXHASH_DISPATCH
#include <xxh_x86dispatch.h>
#else
#include <xxhash.h>
#endif

namespace jobfarm::dedupe {

std::uint64_t hash_long_text(std::string_view text) {
  const auto hash = XXH3_64bits(text.data(), text.size());
  end_wide_code();
  return hash | 1;
}

} // namespace jobfarm::dedupe
