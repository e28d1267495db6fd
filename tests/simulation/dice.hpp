#pragma once

#include <chrono>
#include <cstdint>
#include <random>
#include <string_view>

namespace jobfarm::simulation {

using time_point = std::chrono::steady_clock::time_point;
using duration = time_point::duration;
using std::chrono::milliseconds;

/// A number that follows from a text and a seed (FNV-1a).
inline std::uint64_t fate_of(std::string_view text, std::uint64_t seed) {
  auto hash = seed ^ 0xcbf29ce484222325ull;
  for (unsigned char c : text)
    hash = (hash ^ c) * 0x100000001b3ull;
  return hash ^ (hash >> 29);
}

/// The one source of chance of a simulation: the same seed throws the same
/// numbers on every machine, which std's distributions do not promise.
class dice {
public:
  explicit dice(std::uint64_t seed) : engine_(seed) {
  }

  /// In [0, 1).
  double share() {
    return static_cast<double>(engine_() >> 11) * 0x1p-53;
  }
  bool chance(double probability) {
    return share() < probability;
  }
  /// In [low, high].
  std::int64_t between(std::int64_t low, std::int64_t high) {
    auto span = static_cast<std::uint64_t>(high - low + 1);
    return low + static_cast<std::int64_t>(engine_() % span);
  }
  std::size_t below(std::size_t count) {
    return engine_() % count;
  }
  milliseconds between(milliseconds low, milliseconds high) {
    return milliseconds{between(low.count(), high.count())};
  }
  std::uint64_t seed() {
    return engine_();
  }

private:
  std::mt19937_64 engine_;
};

/// What bad luck a simulation has, thrown once a seed: each kind of fault is
/// common in some simulations, rare in some and absent from others.
struct misfortune {
  explicit misfortune(dice& thrown);
  static misfortune none() {
    return misfortune{};
  }

  // Of frames.
  double loss = 0;
  double doubling = 0;
  double lateness = 0;
  double overtaking = 0;
  // Of the store: each write.
  double write_failure = 0;
  double slow_write = 0;
  // Of sources: each request.
  double refusal = 0;
  double error = 0;
  double no_answer = 0;
  double garbage = 0;
  /// Of passes of the fail points `frontier.lease` and `collector.page`.
  double lease_refusal = 0;
  double collector_death = 0;
  /// Between two of their kind, on average; nought for never.
  milliseconds worker_crash{0};
  milliseconds coordinator_crash{0};
  milliseconds partition{0};
  milliseconds freeze{0};
  milliseconds clock_jump{0};

private:
  misfortune() = default;
};

} // namespace jobfarm::simulation
