#pragma once

#include "nodes/simulator/world.hpp"

#include <cstdint>
#include <string>

/// What the simulator's answers are checked against.
namespace jobfarm::simulator_world {

/// How a list of boards names a board of the simulator at `self`: career pages
/// by their address.
std::string token_of(const board& one, const std::string& self);

/// One JSON line: the posting `index` of a board, how often it was handed out,
/// what is true of its job, and which posting it is a copy of. Dates count back
/// from the day of `now`, seconds since 1970.
std::string ledger_line(const world& of, const board_plan& on,
                        std::uint64_t index, std::uint32_t times,
                        const std::string& self, std::int64_t now);

} // namespace jobfarm::simulator_world
