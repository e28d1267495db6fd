#include "tests/bench/stages.hpp"

#include <benchmark/benchmark.h>

#include <valgrind/callgrind.h>

#include <cstdio>

namespace {

using jobfarm::bench::all_stages;
using jobfarm::bench::stage;

/// Times every stage with Google Benchmark; "items" are postings.
int time_stages(int count, char** words) {
  for (const auto& one : all_stages())
    benchmark::RegisterBenchmark(
        one.name.c_str(), [one](benchmark::State& state) {
          for (auto _ : state)
            one.pass();
          state.SetItemsProcessed(state.iterations()
                                  * static_cast<std::int64_t>(one.items));
        });
  benchmark::Initialize(&count, words);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

/// Under `callgrind --collect-atstart=no`: has the instructions of one pass of
/// each stage dumped under its name, after a first that makes what is made
/// once, and prints how many postings a pass has.
int count_stages() {
  for (const auto& one : all_stages()) {
    one.pass();
    CALLGRIND_ZERO_STATS;
    CALLGRIND_TOGGLE_COLLECT;
    one.pass();
    CALLGRIND_TOGGLE_COLLECT;
    CALLGRIND_DUMP_STATS_AT(one.name.c_str());
    std::printf("%s %zu\n", one.name.c_str(), one.items);
  }
  return 0;
}

} // namespace

int main(int count, char** words) {
  return RUNNING_ON_VALGRIND ? count_stages() : time_stages(count, words);
}
