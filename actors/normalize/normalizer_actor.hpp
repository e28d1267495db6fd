#pragma once

#include "actors/interfaces.hpp"
#include "actors/normalize/normalizer.hpp"

#include <memory>

namespace jobfarm {

struct normalizer_state {
  static inline const char* name = "normalizer";
};

/// Normalises batches on the shared scheduler; `rules` are shared by all.
normalizer_actor::behavior_type
normalizer(normalizer_actor::stateful_pointer<normalizer_state> self,
           std::shared_ptr<const normalize::normalizer> rules);

} // namespace jobfarm
