#pragma once

#include "tests/support/cluster.hpp"

#include <cstdint>

namespace jobfarm::test {

/// Boards with so many postings, each slow enough that something can happen.
nodes::scenario slow_boards(std::uint64_t seed, std::uint64_t postings);

/// Ends the coordinator and checks that its store holds each of the
/// simulator's `postings` exactly once, and nothing else.
void check_ledger(cluster& of, std::uint64_t postings);

} // namespace jobfarm::test
