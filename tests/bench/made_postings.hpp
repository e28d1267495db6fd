#pragma once

#include "messages/posting.hpp"
#include "nodes/simulator/world.hpp"

#include <cstdint>

/// Made-up postings for benchmarks, the same each time.
namespace jobfarm::bench {

/// `count` postings, 12 % of them copies of others on another source, half of
/// those reworded.
class made_postings {
public:
  explicit made_postings(std::uint64_t count);

  job_posting at(std::uint64_t number) const;

private:
  simulator_world::world jobs_;
  std::uint64_t originals_;
};

} // namespace jobfarm::bench
