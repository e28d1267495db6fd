#include "actors/collect/lane_tally.hpp"

namespace jobfarm::collect {

void lane_tally::add(key lane) {
  ++counters_[place_of(lane)];
  if (auto known = known_.find(lane); known != known_.end())
    ++known->second;
}

void lane_tally::remove(key lane) {
  --counters_[place_of(lane)];
  if (auto known = known_.find(lane); known != known_.end())
    --known->second;
}

std::optional<std::size_t> lane_tally::exact(key lane) const {
  auto known = known_.find(lane);
  if (known == known_.end())
    return std::nullopt;
  return known->second;
}

} // namespace jobfarm::collect
