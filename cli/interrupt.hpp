#pragma once

namespace jobfarm::cli {

/// While it lives, Ctrl-C (SIGINT) and SIGTERM are noted instead of ending
/// the process; the second one ends it at once with exit code 130.
class interrupt_watch {
public:
  interrupt_watch();
  ~interrupt_watch();
  interrupt_watch(const interrupt_watch&) = delete;
  interrupt_watch& operator=(const interrupt_watch&) = delete;

  static bool requested() noexcept;
};

} // namespace jobfarm::cli
