#include "actors/store/store_actor.hpp"

#include "actors/errors.hpp"

namespace jobfarm {

store_actor::behavior_type
store_writer(store_actor::stateful_pointer<store_actor_state>,
             std::shared_ptr<store::store> disk) {
  return {
      [disk = std::move(disk)](
          const store::shared_batch& changes) -> caf::result<atom::done> {
        if (auto done = disk->commit(*changes); !done)
          return to_error(done.error());
        return atom::done::value;
      },
  };
}

} // namespace jobfarm
