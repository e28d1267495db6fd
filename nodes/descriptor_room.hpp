#pragma once

#include <cstddef>

namespace jobfarm::nodes {

/// How many files, sockets and pipes this process may have open at the same
/// time (RLIMIT_NOFILE).
std::size_t descriptor_limit();

/// Connections that a server may hold at the same time: those `wanted`, or what
/// `limit` descriptors leave beside the rest of a node; some in any case.
std::size_t connections_within(std::size_t limit, std::size_t wanted) noexcept;

} // namespace jobfarm::nodes
