#include "tests/simulation/dice.hpp"

namespace jobfarm::simulation {

namespace {

/// Absent, rare or common.
double rate(dice& thrown, double common) {
  switch (thrown.below(3)) {
    case 0: return 0;
    case 1: return common / 10;
    default: return common;
  }
}

milliseconds period(dice& thrown, milliseconds shortest) {
  return thrown.chance(0.4)
             ? milliseconds{0}
             : thrown.between(shortest, shortest * 5);
}

} // namespace

misfortune::misfortune(dice& thrown)
    : loss(rate(thrown, 0.2)),
      doubling(rate(thrown, 0.2)),
      lateness(rate(thrown, 0.1)),
      overtaking(rate(thrown, 0.3)),
      write_failure(rate(thrown, 0.02)),
      slow_write(rate(thrown, 0.2)),
      refusal(rate(thrown, 0.15)),
      error(rate(thrown, 0.2)),
      no_answer(rate(thrown, 0.1)),
      garbage(rate(thrown, 0.05)),
      lease_refusal(rate(thrown, 0.5)),
      collector_death(rate(thrown, 0.1)),
      worker_crash(period(thrown, milliseconds{3000})),
      coordinator_crash(period(thrown, milliseconds{3000})),
      partition(period(thrown, milliseconds{3000})),
      freeze(period(thrown, milliseconds{3000})),
      clock_jump(period(thrown, milliseconds{5000})) {
}

} // namespace jobfarm::simulation
