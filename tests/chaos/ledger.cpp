#include "tests/chaos/ledger.hpp"

#include "actors/sources/source.hpp"
#include "actors/store/leveldb_store.hpp"
#include "cli/balance.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <iostream>
#include <map>

namespace jobfarm::test {

namespace {

/// How many records of a source are in more than one place.
std::ptrdiff_t stored_twice(const store::store& in) {
  std::map<std::string, int> seen;
  auto all = in.scan_postings("", [&](const job_posting& one) {
    for (const auto& from : one.sightings)
      ++seen[from.source + '\n' + from.source_id + '\n' + from.url];
    return true;
  });
  REQUIRE(all);
  return std::count_if(seen.begin(), seen.end(),
                       [](const auto& one) { return one.second > 1; });
}

} // namespace

nodes::scenario slow_boards(std::uint64_t seed, std::uint64_t postings) {
  nodes::scenario what;
  what.seed = seed;
  what.postings = postings;
  for (const auto* source : sources::all_sources()) {
    nodes::fault slow;
    slow.source = source->traits.name;
    slow.kind = nodes::fault_kind::slow;
    slow.delay_ms = 300;
    what.faults.push_back(slow);
  }
  return what;
}

void check_ledger(cluster& of, std::uint64_t postings) {
  CHECK(of.coordinator->end(SIGTERM) == 0);
  auto disk = store::open_leveldb_store(of.file("main/store"));
  REQUIRE(disk);
  auto sum = cli::balance_of(*of.boards, **disk);
  REQUIRE(sum);
  std::cout << "chaos: " << cli::to_text(*sum) << std::endl;
  CHECK(sum->lost == 0);
  CHECK(sum->invented == 0);
  CHECK(sum->not_fetched == 0);
  CHECK(sum->handed_out == sum->stored + sum->merged + sum->rejected);
  CHECK(sum->handed_out == static_cast<std::int64_t>(postings));
  CHECK(stored_twice(**disk) == 0);
}

} // namespace jobfarm::test
