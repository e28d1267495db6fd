#pragma once

#include "actors/interfaces.hpp"

#include <memory>

namespace jobfarm {

struct store_actor_state {
  static inline const char* name = "store";
};

/// The one writer of the disk. Spawn it detached: commits block. Callers that
/// have much to write put it into one batch (INGEST does): a batch costs one
/// sync.
store_actor::behavior_type
store_writer(store_actor::stateful_pointer<store_actor_state> self,
             std::shared_ptr<store::store> disk);

} // namespace jobfarm
