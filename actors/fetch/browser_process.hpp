#pragma once

#include "messages/expected.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <sys/types.h>

namespace jobfarm::fetch {

struct browser_programs {
  std::string driver = "/usr/bin/chromedriver";
  std::string browser = "/usr/bin/chromium";
  /// Who runs them if we are root: Chromium's sandbox refuses root.
  std::string user = "nobody";
  /// Where profiles lie while they live; empty for the system's.
  std::string scratch_dir;
};

/// True if nobody waits any more; asked often.
using stop_sign = std::function<bool()>;

/// Checks that both programs can be started. Errors: invalid_input with what
/// to install or to set.
expected<void> check_programs(const browser_programs& programs);

/// A running driver, the directory that is its home, and everything that it
/// starts. All of it is one session of the system (setsid(2)), by whose number
/// it is measured and ended.
class browser_process {
public:
  /// Starts the driver on a free port of loopback. Must not outlive the
  /// calling thread, whose end ends the driver. Errors: provider_unavailable,
  /// cancelled.
  static expected<std::unique_ptr<browser_process>>
  start(const browser_programs& programs, const stop_sign& is_stopped);

  /// Kills what runs and removes the directory.
  ~browser_process();
  browser_process(const browser_process&) = delete;
  browser_process& operator=(const browser_process&) = delete;

  std::uint16_t port() const noexcept {
    return port_;
  }
  /// Only its user can read it.
  const std::string& directory() const noexcept {
    return directory_;
  }
  bool is_alive() const;

  /// Memory of its own of all its processes: what it shares with others (the
  /// program's code) is not counted.
  std::size_t memory_bytes() const;

private:
  browser_process() = default;

  pid_t pid_ = 0;
  std::uint16_t port_ = 0;
  std::string directory_;
};

} // namespace jobfarm::fetch
