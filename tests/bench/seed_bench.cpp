#include "actors/dedupe/clusters.hpp"
#include "actors/dedupe/decision.hpp"
#include "messages/json.hpp"
#include "tests/dedupe/planted.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

// Usage: seed_bench PROGRAM [SCRIPT] [COUNT]
// Runs `PROGRAM dedupe --rule seed` on COUNT (20,000) made-up postings of 25 a
// company and 240 to 800 words, a quarter of them copied, a fifth of the copies
// heavily edited, and prints recall and precision of its pairs against brute
// force, and its CPU beside that of SCRIPT (peers/dedupe_by_company.py), which
// gets the same lines.

namespace {

using namespace jobfarm;
using id_pairs = std::set<std::pair<std::string, std::string>>;

constexpr dedupe::decision_options by_seed{dedupe::rule::seed, 0.85};

template <class Group, class IdOf>
void add_pairs(id_pairs& to, const Group& group, IdOf id_of) {
  for (auto a = group.begin(); a != group.end(); ++a)
    for (auto b = std::next(a); b != group.end(); ++b)
      to.insert(std::minmax(std::string{id_of(*a)}, std::string{id_of(*b)}));
}

/// Every pair compared, without candidates.
id_pairs brute_force(const std::vector<job_posting>& postings) {
  std::vector<dedupe::shingle_set> texts;
  std::vector<dedupe::evidence> records;
  for (const auto& one : postings) {
    records.push_back(
        dedupe::evidence_of(one, dedupe::print_of(one.description)));
    texts.push_back(dedupe::shingles_of(one.description));
  }
  std::vector<dedupe::merge_edge> edges;
  for (std::uint32_t i = 0; i < records.size(); ++i)
    for (auto j = i + 1; j < records.size(); ++j) {
      auto a = dedupe::is_before(records[j], records[i]) ? j : i;
      auto b = a == i ? j : i;
      auto made = dedupe::decide(
          records[a], records[b], by_seed,
          [&] { return dedupe::overlap_of(texts[a], texts[b]); });
      if (made.merge)
        edges.push_back({a, b, made.strength});
    }
  auto made = dedupe::cluster(records.size(), edges,
                              [](auto, auto) { return false; });
  id_pairs pairs;
  for (const auto& group : made.groups)
    add_pairs(pairs, group,
              [&](auto number) { return postings[number].id; });
  return pairs;
}

/// Seconds of CPU that a program used to read `in` and write `out`.
double run(const std::vector<std::string>& words, const std::string& in,
           const std::string& out) {
  auto child = ::fork();
  if (child == 0) {
    ::dup2(::open(in.c_str(), O_RDONLY), 0);
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
    std::vector<char*> arguments;
    for (const auto& word : words)
      arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  int status = 0;
  rusage used{};
  ::wait4(child, &status, 0, &used);
  if (status != 0)
    std::fprintf(stderr, "seed_bench: %s failed\n", words.front().c_str());
  auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec)
           + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// Pairs of the records that each line of a file of postings unites.
id_pairs pairs_in(const std::string& file,
                  const std::map<std::string, std::string>& id_by_url) {
  id_pairs pairs;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (auto posting = from_json<job_posting>(line))
      add_pairs(pairs, posting->sightings,
                [&](const sighting& one) { return id_by_url.at(one.url); });
  return pairs;
}

void print(const char* name, const id_pairs& got, const id_pairs& wanted,
           double cpu) {
  std::size_t right = 0;
  for (const auto& one : got)
    right += wanted.count(one);
  std::printf("%-16s %zu of %zu pairs: recall %.4f, precision %.4f; "
              "%.2f s of CPU\n",
              name, right, wanted.size(),
              static_cast<double>(right) / static_cast<double>(wanted.size()),
              static_cast<double>(right) / static_cast<double>(got.size()),
              cpu);
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: seed_bench PROGRAM [SCRIPT] [COUNT]\n", stderr);
    return 2;
  }
  const std::size_t count = argc > 3 ? std::strtoull(argv[3], nullptr, 10)
                                     : 20'000;
  const auto* directory = std::getenv("TMPDIR");
  auto base = std::string{directory ? directory : "/tmp"} + "/seed-bench-"
              + std::to_string(::getpid());
  auto postings = test::planter(42, count / 25, 4).plant(count).postings;
  std::map<std::string, std::string> id_by_url;
  {
    std::ofstream in(base + ".in");
    for (const auto& one : postings) {
      in << to_json(one) << '\n';
      id_by_url[one.url] = one.id;
    }
  }
  auto wanted = brute_force(postings);
  auto measure = [&](const char* name, const std::vector<std::string>& words) {
    auto cpu = run(words, base + ".in", base + ".out");
    print(name, pairs_in(base + ".out", id_by_url), wanted, cpu);
    return cpu;
  };
  auto ours = measure("jobfarm", {argv[1], "dedupe", "--rule", "seed"});
  if (argc > 2) {
    auto theirs = measure("python script", {"python3", argv[2]});
    std::printf("%.1f times less CPU than the script\n", theirs / ours);
  }
  ::unlink((base + ".in").c_str());
  ::unlink((base + ".out").c_str());
}
