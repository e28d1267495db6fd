#include "tests/simulation/simulation.hpp"

#include <catch2/catch.hpp>

#include <cstdio>
#include <cstdlib>
#include <iostream>

// A cluster, its sources, its disk and its network on a virtual clock, with
// faults that follow from a seed. To see a seed that failed again, with all
// that happened:
//
//   JOBFARM_SIMULATION_SEED=N build/release/tests/simulation/simulation_test
//
// JOBFARM_SIMULATION_SEEDS=N plays so many instead of the usual number, from
// JOBFARM_SIMULATION_FIRST on.

using namespace jobfarm::simulation;

namespace {

std::uint64_t number_of(const char* name, std::uint64_t otherwise) {
  const auto* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t usual_seeds = 40;
#else
constexpr std::uint64_t usual_seeds = 2000;
#endif

void tell(const report& one) {
  std::printf("simulation: seed %llu broke a promise; "
              "JOBFARM_SIMULATION_SEED=%llu shows how\n",
              static_cast<unsigned long long>(one.seed),
              static_cast<unsigned long long>(one.seed));
  for (const auto& what : one.violations)
    std::printf("simulation:   %s\n", what.c_str());
}

} // namespace

TEST_CASE("whatever goes wrong, nothing is lost, doubled or stuck") {
  auto single = number_of("JOBFARM_SIMULATION_SEED", 0);
  auto first = single ? single : number_of("JOBFARM_SIMULATION_FIRST", 1);
  auto count =
      single ? 1 : number_of("JOBFARM_SIMULATION_SEEDS", usual_seeds);
  report sum;
  std::size_t failed = 0;
  for (auto seed = first; seed < first + count; ++seed) {
    auto one = simulate(seed, single != 0);
    for (const auto& line : one.lines)
      std::printf("%s\n", line.c_str());
    sum.events += one.events;
    sum.lasted_s += one.lasted_s;
    sum.tasks_done += one.tasks_done;
    sum.tasks_dead += one.tasks_dead;
    sum.postings += one.postings;
    sum.coordinator_lives += one.coordinator_lives;
    sum.worker_lives += one.worker_lives;
    sum.unchanged += one.unchanged;
    if (one.violations.empty())
      continue;
    tell(one);
    if (++failed == 10)
      break;
  }
  std::printf("simulation: %llu seeds, %zu failed; %.0f virtual s, %zu events, "
              "%lld tasks done, %lld dead, %lld postings, %lld pages as they "
              "were; lives: coordinator %d, workers %d\n",
              static_cast<unsigned long long>(count), failed, sum.lasted_s,
              sum.events, static_cast<long long>(sum.tasks_done),
              static_cast<long long>(sum.tasks_dead),
              static_cast<long long>(sum.postings),
              static_cast<long long>(sum.unchanged), sum.coordinator_lives,
              sum.worker_lives);
  CHECK(failed == 0);
  // Faults must not be so many that nothing is left to lose.
  if (count >= 20) {
    CHECK(sum.tasks_done > static_cast<std::int64_t>(count) * 10);
    CHECK(sum.tasks_dead > 0);
    CHECK(sum.unchanged > static_cast<std::int64_t>(count));
    CHECK(sum.coordinator_lives > static_cast<std::int32_t>(count));
  }
}

TEST_CASE("the same seed is the same simulation, another is another") {
  auto once = simulate(11);
  CHECK(once.events > 100);
  CHECK(simulate(11).trace_hash == once.trace_hash);
  CHECK(simulate(12).trace_hash != once.trace_hash);
}
