#include "cli/interrupt.hpp"

#include "cli/command.hpp"

#include <atomic>
#include <csignal>

#include <unistd.h>

namespace jobfarm::cli {

namespace {

std::atomic<int> seen{0};

extern "C" void note_signal(int) {
  if (seen.fetch_add(1) > 0)
    ::_exit(exit_interrupted);
}

} // namespace

interrupt_watch::interrupt_watch() {
  seen = 0;
  std::signal(SIGINT, note_signal);
  std::signal(SIGTERM, note_signal);
}

interrupt_watch::~interrupt_watch() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

bool interrupt_watch::requested() noexcept {
  return seen.load() > 0;
}

} // namespace jobfarm::cli
