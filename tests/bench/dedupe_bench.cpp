#include "actors/normalize/company.hpp"
#include "actors/normalize/title.hpp"
#include "actors/text/hash.hpp"
#include "actors/text/html.hpp"
#include "messages/json.hpp"
#include "nodes/simulator/world.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

// Usage: dedupe_bench PROGRAM [RULE] COUNT...
// Runs `PROGRAM dedupe` on made-up postings, 12 % of them copies of others on
// another source, half of those reworded, and prints what it cost: one line a
// count. Needs about 3 kB of TMPDIR a posting, twice.

namespace {

using namespace jobfarm;
namespace world = simulator_world;

constexpr std::uint64_t seed = 42;
constexpr std::uint64_t copies_percent = 12;

job_posting posting_of(const world::world& jobs, std::uint64_t number,
                       std::uint64_t job_number) {
  auto job = jobs.job_of({number, job_number, {}});
  job_posting made;
  made.source = number == job_number ? "greenhouse" : "indeed";
  made.source_id = std::to_string(number);
  made.board = jobs.board_of(number).board.token;
  made.id = text::hash_hex(made.source + made.source_id);
  made.url = "https://" + made.source + ".example/jobs/" + made.source_id;
  made.title = job.title;
  made.title_normalized = normalize::normalize_title(job.title);
  made.seniority = normalize::seniority_of(made.title_normalized);
  made.company = job.company;
  made.company_normalized = normalize::normalize_company(job.company);
  made.location = job.place.display;
  made.city = job.place.city;
  made.country = job.place.country;
  made.description = text::html_to_text(job.description);
  made.first_seen = made.last_seen = "2026-11-20T08:00:00Z";
  made.sightings = {
      {made.source, made.source_id, made.url, made.location, made.first_seen}};
  return made;
}

bool write_postings(const std::string& path, std::uint64_t count) {
  auto* file = std::fopen(path.c_str(), "wb");
  if (!file)
    return false;
  const world::world jobs(seed, count);
  auto originals = count - count * copies_percent / 100;
  for (std::uint64_t number = 0; number < count; ++number) {
    auto job_number = number < originals ? number : (number * 7919) % originals;
    auto line = to_json(posting_of(jobs, number, job_number)) + '\n';
    std::fwrite(line.data(), 1, line.size(), file);
  }
  return std::fclose(file) == 0;
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec)
         + static_cast<double>(time.tv_usec) / 1e6;
}

double now() {
  timeval time{};
  ::gettimeofday(&time, nullptr);
  return seconds(time);
}

int run(const char* program, const char* rule, const std::string& in,
        const std::string& out, std::uint64_t count) {
  auto begin = now();
  auto child = ::fork();
  if (child == 0) {
    ::dup2(::open(in.c_str(), O_RDONLY), 0);
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
    ::execl(program, program, "dedupe", "--rule", rule, nullptr);
    ::_exit(127);
  }
  int status = 0;
  rusage used{};
  ::wait4(child, &status, 0, &used);
  auto wall = now() - begin;
  auto cpu = seconds(used.ru_utime) + seconds(used.ru_stime);
  std::size_t unique = 0;
  if (auto* file = std::fopen(out.c_str(), "rb")) {
    std::vector<char> chunk(1u << 20);
    while (auto got = std::fread(chunk.data(), 1, chunk.size(), file))
      for (std::size_t i = 0; i < got; ++i)
        unique += chunk[i] == '\n';
    std::fclose(file);
  }
  std::printf("%llu postings, %zu unique, rule %s: %.1f s, %.1f s of CPU, "
              "%.1f us of CPU a posting, peak memory %.0f MB\n",
              static_cast<unsigned long long>(count), unique, rule, wall, cpu,
              1e6 * cpu / static_cast<double>(count),
              static_cast<double>(used.ru_maxrss) / 1024);
  std::fflush(stdout);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: dedupe_bench PROGRAM [seed|location] COUNT...\n",
               stderr);
    return 2;
  }
  const auto* directory = std::getenv("TMPDIR");
  auto base = std::string{directory ? directory : "/tmp"} + "/dedupe-bench-"
              + std::to_string(::getpid());
  const char* rule = "location";
  auto worst = 0;
  for (int i = 2; i < argc; ++i) {
    if (argv[i][0] < '0' || argv[i][0] > '9') {
      rule = argv[i];
      continue;
    }
    auto count = std::strtoull(argv[i], nullptr, 10);
    if (!write_postings(base + ".in", count)) {
      std::perror("dedupe_bench: write postings");
      return 1;
    }
    worst =
        std::max(worst, run(argv[1], rule, base + ".in", base + ".out", count));
    ::unlink((base + ".in").c_str());
    ::unlink((base + ".out").c_str());
  }
  return worst;
}
