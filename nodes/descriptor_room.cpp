#include "nodes/descriptor_room.hpp"

#include <algorithm>
#include <limits>

#include <sys/resource.h>

namespace jobfarm::nodes {

namespace {

/// What a whole node may have open beside its clients: 256 tables of the store,
/// 512 transfers, 64 clients that are turned away, and 64 for the link,
/// reports, browsers, standard streams.
constexpr std::size_t descriptors_of_the_rest = 256 + 512 + 64 + 64;
/// Where that is more than there is, the clients get this part.
constexpr std::size_t least_part = 8;

} // namespace

std::size_t descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0
      || limit.rlim_cur == RLIM_INFINITY)
    return std::numeric_limits<std::size_t>::max();
  return limit.rlim_cur;
}

std::size_t connections_within(std::size_t limit, std::size_t wanted) noexcept {
  const auto left = limit - std::min(limit, descriptors_of_the_rest);
  const auto most = std::max({left, limit / least_part, std::size_t{1}});
  return std::min(wanted, most);
}

} // namespace jobfarm::nodes
