#include "actors/collect/posting_index.hpp"
#include "actors/store/leveldb_store.hpp"
#include "actors/text/hash.hpp"
#include "tests/bench/made_postings.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

// Usage: place_bench [company|same|boards|ids|places] COUNT...
// Places made-up postings, all of one company (`company`) or not, or one
// posting many times, in an embedded store, a hundred a batch, and prints what
// that cost: a line for each tenth of a count.
// The one posting is the same job each time, on one board (`same`) or on two in
// turn (`boards`), or has a requisition id (`ids`) or a city of its own
// (`places`). Making the postings is not in it;
// what the database does beside is that of its own thread.

namespace {

using namespace jobfarm;

constexpr std::uint64_t batch_size = 100;

double seconds_of(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec)
         + static_cast<double>(time.tv_nsec) / 1e9;
}

/// Adds up the CPU that a piece of work takes.
template <class Work>
auto measure(double& sum, Work work) {
  auto begin = seconds_of(CLOCK_THREAD_CPUTIME_ID);
  auto made = work();
  sum += seconds_of(CLOCK_THREAD_CPUTIME_ID) - begin;
  return made;
}

struct placing {
  explicit placing(std::shared_ptr<store::store> store)
      : disk(std::move(store)) {
  }

  std::shared_ptr<store::store> disk;
  store::pending_view view{disk};
  collect::posting_index index{{}, view};
  double placed = 0;
  double committed = 0;
  double beside = 0;
  std::int64_t stored = 0;

  bool place(job_posting one) {
    auto made =
        measure(placed, [&] { return index.place(std::move(one), "board"); });
    stored += made ? made->stored : 0;
    return made.has_value();
  }

  bool commit() {
    auto made =
        measure(committed, [&] { return disk->commit(*view.take_batch()); });
    view.committed();
    return made.has_value();
  }
};

void print(const char* what, std::uint64_t count, const placing& work) {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  auto each = 1e6 / static_cast<double>(count);
  std::printf("%s %llu: %.1f us of CPU a posting to place, %.1f to commit, "
              "%.1f beside; %lld stored, peak memory %.0f MB\n",
              what, static_cast<unsigned long long>(count), each * work.placed,
              each * work.committed, each * work.beside,
              static_cast<long long>(work.stored),
              static_cast<double>(used.ru_maxrss) / 1024);
  std::fflush(stdout);
}

/// Number `i` of postings that are all the same but for where they stand, and
/// what else `kind` tells.
job_posting same_as(job_posting one, std::uint64_t i, std::string_view kind) {
  one.source_id = std::to_string(i);
  one.id = text::hash_hex(one.source_id);
  one.url += one.source_id;
  if (kind == "boards")
    one.board += std::to_string(i % 2);
  if (kind == "ids")
    one.requisition_id = one.source_id;
  if (kind == "places") {
    one.city = one.location = "City " + one.source_id;
    one.locations.clear();
  }
  one.sightings.front().source_id = one.source_id;
  one.sightings.front().url = one.url;
  return one;
}

job_posting of_one_company(job_posting one) {
  one.company = "Very Large Inc.";
  one.company_normalized = "very large";
  return one;
}

/// `kind` is empty for made-up postings.
bool run(std::uint64_t count, std::string_view kind,
         const std::string& directory) {
  auto disk = store::open_leveldb_store(directory);
  if (!disk)
    return false;
  const bench::made_postings postings(count);
  placing work(*std::move(disk));
  const auto tenth = std::max<std::uint64_t>(count / 10, 1);
  auto all_placed = 0.0;
  auto all_committed = 0.0;
  auto others = [] {
    return seconds_of(CLOCK_PROCESS_CPUTIME_ID)
           - seconds_of(CLOCK_THREAD_CPUTIME_ID);
  };
  const auto others_at_first = others();
  auto others_before = others_at_first;
  auto posting = [&](std::uint64_t i) {
    if (kind.empty())
      return postings.at(i);
    return kind == "company" ? of_one_company(postings.at(i))
                             : same_as(postings.at(0), i, kind);
  };
  for (std::uint64_t i = 1; i <= count; ++i) {
    if (!work.place(posting(i - 1))
        || ((i % batch_size == 0 || i == count) && !work.commit()))
      return false;
    if (i % tenth != 0)
      continue;
    work.beside = others() - others_before;
    others_before += work.beside;
    print("  next", tenth, work);
    all_placed += std::exchange(work.placed, 0);
    all_committed += std::exchange(work.committed, 0);
  }
  work.placed = all_placed;
  work.committed = all_committed;
  work.beside = others_before - others_at_first;
  print("all", count, work);
  return true;
}

} // namespace

int main(int argc, char** argv) {
  const auto* directory = std::getenv("TMPDIR");
  auto path = std::string{directory ? directory : "/tmp"} + "/place-bench-"
              + std::to_string(::getpid());
  std::string_view kind = argc > 1 ? argv[1] : "";
  if (kind != "company" && kind != "same" && kind != "boards"
      && kind != "ids" && kind != "places")
    kind = {};
  auto is_done = argc > 1;
  for (int i = kind.empty() ? 1 : 2; i < argc && is_done; ++i) {
    is_done = run(std::strtoull(argv[i], nullptr, 10), kind, path);
    std::filesystem::remove_all(path);
  }
  if (!is_done)
    std::fputs("usage: place_bench [company|same|boards|ids|places] COUNT...\n",
               stderr);
  return is_done ? 0 : 2;
}
