#pragma once

#include "actors/interfaces.hpp"
#include "actors/normalize/normalizer.hpp"

#include <memory>
#include <vector>

namespace jobfarm {

struct normalizer_state {
  static inline const char* name = "normalizer";
};

/// Makes postings of what a source said, and measures the time.
normal_batch normalize_all(const normalize::normalizer& rules,
                           raw_batch& batch);

/// Normalises batches on the shared scheduler; `rules` are shared by all.
normalizer_actor::behavior_type
normalizer(normalizer_actor::stateful_pointer<normalizer_state> self,
           std::shared_ptr<const normalize::normalizer> rules);

} // namespace jobfarm
