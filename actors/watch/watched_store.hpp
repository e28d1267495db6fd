#pragma once

#include "actors/store/store.hpp"
#include "actors/watch/fail_points.hpp"
#include "actors/watch/probe.hpp"

#include <memory>

namespace jobfarm::watch {

/// A store around another: tells `told` how long commits take, and lets
/// `faults` make them slow or fail (point `store.commit`). Both may be null.
/// Reading goes straight through.
std::unique_ptr<store::store>
make_watched_store(std::unique_ptr<store::store> inside,
                   std::shared_ptr<probe> told,
                   std::shared_ptr<fail_points> faults);

} // namespace jobfarm::watch
