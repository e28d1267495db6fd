#pragma once

#include <atomic>
#include <cstddef>

namespace jobfarm::collect {

/// Whether the prints of texts are worth making together with the postings,
/// whose texts are at hand then: most records are new. Of a known one none is
/// needed. INGEST tells and the COLLECTORs of its process ask, each in its
/// thread.
class print_demand {
public:
  bool is_there() const noexcept {
    return is_there_.load(std::memory_order_relaxed);
  }

  /// What the page that came last had.
  void note(std::size_t records, std::size_t known) noexcept {
    is_there_.store(known <= records / 2, std::memory_order_relaxed);
  }

private:
  std::atomic<bool> is_there_{true};
};

} // namespace jobfarm::collect
