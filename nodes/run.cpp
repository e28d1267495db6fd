#include "nodes/run.hpp"

#include "actors/collect/host_pauses.hpp"

#include <cstdlib>
#include <utility>

namespace jobfarm::nodes {

expected<run> begin_run(store::store& disk, std::int64_t now) {
  constexpr std::string_view key = "farm/run";
  constexpr auto leases_a_run = std::int64_t{1} << 40;
  auto last = disk.lookup(key);
  if (!last)
    return last.error();
  auto number = *last ? std::strtoll((*last)->c_str(), nullptr, 10) + 1 : 1;
  store::batch changes;
  changes.index.emplace(key, std::to_string(number));
  if (auto done = disk.commit(changes); !done)
    return done.error();
  auto pauses = collect::pauses_left(disk, now);
  if (!pauses)
    return pauses.error();
  return run{number * leases_a_run, *std::move(pauses)};
}

} // namespace jobfarm::nodes
