#include "actors/plan/host_pace.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm::plan;
using namespace std::chrono_literals;

namespace {

/// Requests that may go at once, and one after another at `now`.
int burst_at(host_pace pace, const host_budget& budget, time_point now) {
  int sent = 0;
  for (; pace.next_slot(budget) <= now && sent < 100; ++sent)
    pace.spend(budget, now);
  return sent;
}

} // namespace

TEST_CASE("a host that is slowed down gets no larger burst for it") {
  host_budget budget{4, 8, 3};
  host_pace pace;
  auto now = time_point{} + 1h;
  CHECK(burst_at(pace, budget, now) == 3);
  for (int i = 0; i < 3; ++i)
    pace.spend(budget, now);
  CHECK(burst_at(pace, budget, now) == 0);
  pace.slow_down(now, now);
  CHECK(burst_at(pace, budget, now) == 0);
  CHECK(burst_at(pace, budget, now + 257ms) == 0);
  CHECK(burst_at(pace, budget, now + 258ms) == 1);
}
