#pragma once

#include "actors/store/memory_store.hpp"
#include "actors/store/pending_view.hpp"

#include <catch2/catch.hpp>

namespace jobfarm::test {

/// Puts on disk what the view has gathered.
inline void commit(store::memory_store& disk, store::pending_view& view) {
  REQUIRE(disk.commit(*view.take_batch()));
  view.committed();
}

} // namespace jobfarm::test
