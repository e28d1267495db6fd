#pragma once

namespace jobfarm {

/// Ends a piece of code in the processor's widest instructions that does not do
/// it itself, as that of libxxhash 0.8.1: as long as the upper halves of vector
/// registers hold something, all narrower instructions of the thread wait for
/// each other (Intel SDM 1, 14.3). Cheap.
inline void end_wide_code() noexcept {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx"))
    asm volatile("vzeroupper" ::: "memory");
#endif
}

} // namespace jobfarm
