#include "messages/json.hpp"
#include "tests/bench/made_postings.hpp"

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
// Runs `PROGRAM dedupe` on made-up postings and prints what it cost: one line a
// count. Needs about 4 kB of TMPDIR a posting.

namespace {

using namespace jobfarm;
bool write_postings(const std::string& path, std::uint64_t count) {
  auto* file = std::fopen(path.c_str(), "wb");
  if (!file)
    return false;
  const bench::made_postings postings(count);
  for (std::uint64_t number = 0; number < count; ++number) {
    auto line = to_json(postings.at(number)) + '\n';
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

/// Counts lines until the other side of the pipe is closed.
std::size_t count_lines(int from) {
  std::vector<char> chunk(1u << 20);
  std::size_t lines = 0;
  for (ssize_t got; (got = ::read(from, chunk.data(), chunk.size())) > 0;)
    lines += static_cast<std::size_t>(
        std::count(chunk.begin(), chunk.begin() + got, '\n'));
  return lines;
}

/// Reads the output through a pipe: what a file costs follows from how much of
/// the machine's memory its pages have used before.
int run(const char* program, const char* rule, const std::string& in,
        std::uint64_t count) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    return 1;
  auto begin = now();
  auto child = ::fork();
  if (child == 0) {
    ::dup2(::open(in.c_str(), O_RDONLY), 0);
    ::dup2(ends[1], 1);
    ::execl(program, program, "dedupe", "--rule", rule, nullptr);
    ::_exit(127);
  }
  ::close(ends[1]);
  auto unique = count_lines(ends[0]);
  ::close(ends[0]);
  int status = 0;
  rusage used{};
  ::wait4(child, &status, 0, &used);
  auto wall = now() - begin;
  auto cpu = seconds(used.ru_utime) + seconds(used.ru_stime);
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
    worst = std::max(worst, run(argv[1], rule, base + ".in", count));
    ::unlink((base + ".in").c_str());
  }
  return worst;
}
