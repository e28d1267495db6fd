#include "actors/dedupe/signatures.hpp"
#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/normalizer.hpp"
#include "actors/report/report_writer.hpp"
#include "actors/sources/source.hpp"
#include "actors/store/leveldb_store.hpp"
#include "actors/text/html.hpp"
#include "messages/json.hpp"
#include "messages/msgpack.hpp"
#include "tests/support/paths.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iterator>

/// One benchmark a stage, over one Greenhouse board: `JOBFARM_BENCH_PAYLOAD`,
/// which tests/bench/run generates. "items" are postings.
namespace jobfarm {

namespace {

/// Throws what should not go wrong in a benchmark.
template <class T>
T must(expected<T> got) {
  if (!got)
    throw std::runtime_error(got.error().detail);
  return *std::move(got);
}

const std::string& payload() {
  static const auto bytes = [] {
    const char* file = std::getenv("JOBFARM_BENCH_PAYLOAD");
    return test::read_file(
        file ? file : test::data_dir() / "sources/greenhouse/list.json");
  }();
  return bytes;
}

sources::parsed_page read_board() {
  sources::parse_context context;
  context.board = "bench";
  context.company = "Bench";
  context.fetched_at = "2026-10-01T00:00:00Z";
  return must(sources::find_source("greenhouse")->parse(payload(), context));
}

const std::vector<raw_posting>& raw_postings() {
  static const auto all = read_board().postings;
  return all;
}

const normalize::normalizer& rules() {
  static const normalize::normalizer made(
      must(normalize::gazetteer::open(JOBFARM_GAZETTEER)));
  return made;
}

const std::vector<job_posting>& postings() {
  static const auto all = [] {
    std::vector<job_posting> made;
    for (const auto& one : raw_postings())
      made.push_back(must(rules().normalize(one)));
    return made;
  }();
  return all;
}

/// Runs `work` on each of `items`, over and over, and reports items a second.
template <class Items, class Work>
void for_each_item(benchmark::State& state, const Items& items, Work work) {
  for (auto _ : state)
    for (const auto& one : items)
      work(one);
  state.SetItemsProcessed(
      static_cast<std::int64_t>(state.iterations() * items.size()));
}

void parse(benchmark::State& state) {
  std::size_t count = 0;
  for (auto _ : state)
    count += read_board().postings.size();
  state.SetItemsProcessed(static_cast<std::int64_t>(count));
}
BENCHMARK(parse);

void text_of_html(benchmark::State& state) {
  for_each_item(state, raw_postings(), [](const raw_posting& one) {
    benchmark::DoNotOptimize(text::html_to_text(one.description_html));
  });
}
BENCHMARK(text_of_html);

void normalise(benchmark::State& state) {
  for_each_item(state, raw_postings(), [](const raw_posting& one) {
    benchmark::DoNotOptimize(rules().normalize(one));
  });
}
BENCHMARK(normalise);

void dedupe_signatures(benchmark::State& state) {
  for_each_item(state, postings(), [](const job_posting& one) {
    benchmark::DoNotOptimize(dedupe::signatures(one));
  });
}
BENCHMARK(dedupe_signatures);

void msgpack_pack(benchmark::State& state) {
  for_each_item(state, postings(), [](const job_posting& one) {
    benchmark::DoNotOptimize(pack(one));
  });
}
BENCHMARK(msgpack_pack);

void msgpack_unpack(benchmark::State& state) {
  std::vector<std::string> packed;
  for (const auto& one : postings())
    packed.push_back(pack(one));
  for_each_item(state, packed, [](const std::string& one) {
    benchmark::DoNotOptimize(unpack<job_posting>(one));
  });
}
BENCHMARK(msgpack_unpack);

void json_write(benchmark::State& state) {
  std::string line;
  for_each_item(state, postings(), [&](const job_posting& one) {
    line.clear();
    append_json(line, one);
    benchmark::DoNotOptimize(line.data());
  });
}
BENCHMARK(json_write);

/// One durable batch of a board, as INGEST commits it.
void store_batch(benchmark::State& state) {
  test::temporary_directory directory;
  auto disk = must(store::open_leveldb_store(directory.path() / "store"));
  store::batch changes;
  for (const auto& one : postings())
    changes.put(one);
  for (auto _ : state)
    if (auto done = disk->commit(changes); !done)
      throw std::runtime_error(done.error().detail);
  state.SetItemsProcessed(
      static_cast<std::int64_t>(state.iterations() * changes.postings.size()));
}
BENCHMARK(store_batch);

/// A workbook of `range` rows.
void workbook(benchmark::State& state) {
  test::temporary_directory directory;
  auto rows = static_cast<std::size_t>(state.range());
  for (auto _ : state) {
    auto report = must(
        report::open_report((directory.path() / "jobs.xlsx").string(), {}));
    for (std::size_t i = 0; i < rows; ++i)
      if (auto added = report->add({postings()[i % postings().size()], {}});
          !added)
        throw std::runtime_error(added.error().detail);
    if (auto done = report->finish(); !done)
      throw std::runtime_error(done.error().detail);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations())
                          * state.range());
}
BENCHMARK(workbook)->Arg(2000)->Unit(benchmark::kMillisecond);

} // namespace

} // namespace jobfarm

BENCHMARK_MAIN();
