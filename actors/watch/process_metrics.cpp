#include "actors/watch/process_metrics.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <limits>

namespace jobfarm::watch {

namespace {

/// proc(5): the second number of statm is the resident set, in pages.
double resident_bytes() {
  std::ifstream in("/proc/self/statm");
  double size = 0;
  double resident = 0;
  in >> size >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec)
         + static_cast<double>(time.tv_usec) / 1e6;
}

double open_descriptors() {
  std::error_code failed;
  std::filesystem::directory_iterator at("/proc/self/fd", failed);
  double count = 0;
  for (; !failed && at != std::filesystem::directory_iterator{};
       at.increment(failed))
    ++count;
  return count;
}

/// The soft limit (RLIMIT_NOFILE), which may be infinite.
double most_descriptors() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur == RLIM_INFINITY
             ? std::numeric_limits<double>::infinity()
             : static_cast<double>(limit.rlim_cur);
}

/// Files that go away meanwhile count as nothing.
double bytes_below(const std::string& dir) {
  namespace fs = std::filesystem;
  std::error_code failed;
  fs::recursive_directory_iterator at(dir, failed);
  double bytes = 0;
  for (; !failed && at != fs::recursive_directory_iterator{};
       at.increment(failed)) {
    std::error_code gone;
    if (auto size = at->file_size(gone); !gone && at->is_regular_file(gone))
      bytes += static_cast<double>(size);
  }
  return bytes;
}

double processor_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
}

} // namespace

void add_process_metrics(metrics& into, const std::string& version) {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  into.set("jobfarm_build_info", {{"version", version}}, 1);
  into.set("jobfarm_process_start_time_seconds", {},
           std::chrono::duration<double>(now).count());
  into.before_reading([counted = 0.0](metrics& to) mutable {
    to.set("jobfarm_process_resident_memory_bytes", {}, resident_bytes());
    to.set("jobfarm_process_open_fds", {}, open_descriptors());
    to.set("jobfarm_process_max_fds", {}, most_descriptors());
    auto used = processor_seconds();
    to.count("jobfarm_process_cpu_seconds_total", {}, used - counted);
    counted = used;
  });
}

void add_store_size(metrics& into, const std::string& dir) {
  into.before_reading([dir](metrics& to) {
    to.set("jobfarm_store_bytes", {}, bytes_below(dir));
  });
}

} // namespace jobfarm::watch
