/// How the memory of the program is taken: linked with jemalloc, nothing to
/// call.
#include <jemalloc/jemalloc.h>

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <mutex>

/// What jemalloc(3) reads at the start. One arena instead of two saves 2 % of
/// the memory and costs nothing. Where the system gives huge pages unasked
/// (Debian does), what lies outside the regions below takes none: it had 8 MB
/// more so.
extern "C" const char* malloc_conf;
const char* malloc_conf =
    "narenas:1,lg_tcache_max:13,oversize_threshold:1048576,thp:never";

namespace jobfarm {

namespace {

constexpr std::size_t huge_page_bytes = 2u << 20;
constexpr std::size_t region_bytes = 64u << 20;

/// What is left of the region that memory is taken from.
struct region {
  std::mutex mutex;
  std::uintptr_t begin = 0;
  std::uintptr_t end = 0;
} current;

/// Those of jemalloc itself.
extent_hooks_t* hooks_before = nullptr;

/// `alignment` is a power of two.
std::uintptr_t aligned(std::uintptr_t address, std::size_t alignment) {
  return (address + alignment - 1) & ~(alignment - 1);
}

/// Maps a new region; leaves the old one where there is none. What lies before
/// the first huge page and after the last one stays mapped and is never
/// touched.
void renew() {
  constexpr auto mapped_bytes = region_bytes + huge_page_bytes;
  auto* mapped = ::mmap(nullptr, mapped_bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED)
    return;
  current.begin =
      aligned(reinterpret_cast<std::uintptr_t>(mapped), huge_page_bytes);
  current.end = current.begin + region_bytes;
  ::madvise(reinterpret_cast<void*>(current.begin), region_bytes,
            MADV_HUGEPAGE);
}

/// Zero bytes of a region, or null.
void* take(std::size_t size, std::size_t alignment) {
  std::lock_guard lock{current.mutex};
  if (aligned(current.begin, alignment) + size > current.end)
    renew();
  auto begin = aligned(current.begin, alignment);
  if (begin + size > current.end)
    return nullptr;
  current.begin = begin + size;
  return reinterpret_cast<void*>(begin);
}

void* allocate(extent_hooks_t*, void* wanted, std::size_t size,
               std::size_t alignment, bool* zero, bool* commit,
               unsigned arena) {
  auto fits = wanted == nullptr && size <= region_bytes / 4
              && alignment <= huge_page_bytes;
  if (auto* taken = fits ? take(size, alignment) : nullptr) {
    *zero = *commit = true;
    return taken;
  }
  return hooks_before->alloc(hooks_before, wanted, size, alignment, zero,
                             commit, arena);
}

/// Lets jemalloc take its memory from regions of 64 MB that ask for huge pages,
/// one extent next to the other. Where the system lends no huge pages, or no
/// region, the heap is as it was.
///
/// Page faults cost a virtual machine most: a collection of 15,750 records has
/// a seventh of them so, and misses the TLB less. Regions of our own, as with
/// `thp:always` of jemalloc(3) each of its mappings begins and ends within a
/// huge page. Measured: tests/bench/README.md.
bool put_heap_on_huge_pages() {
  static extent_hooks_t hooks;
  constexpr auto name = "arena.0.extent_hooks";
  auto size = sizeof(extent_hooks_t*);
  if (mallctl(name, &hooks_before, &size, nullptr, 0) != 0)
    return false;
  hooks = *hooks_before;
  hooks.alloc = allocate;
  auto* own = &hooks;
  return mallctl(name, nullptr, nullptr, &own, sizeof own) == 0;
}

[[maybe_unused]] const auto is_on_huge_pages = put_heap_on_huge_pages();

} // namespace

} // namespace jobfarm
