#pragma once

#include "actors/store/store.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <utility>

namespace jobfarm::test {

using id_groups = std::set<std::set<std::string>>;

/// The groups that a store shows, by the source ids of the sightings.
inline id_groups groups_in(const store::store& disk) {
  id_groups groups;
  auto scanned = disk.scan_postings("", [&](const job_posting& one) {
    std::set<std::string> ids;
    for (const auto& seen : one.sightings)
      ids.insert(seen.source + seen.source_id);
    groups.insert(std::move(ids));
    return true;
  });
  REQUIRE(scanned);
  return groups;
}

} // namespace jobfarm::test
