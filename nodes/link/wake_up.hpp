#pragma once

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace jobfarm::nodes::link_layer {

/// Wakes a thread that polls a descriptor, from any thread.
class wake_up {
public:
  wake_up() : fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  }
  ~wake_up() {
    ::close(fd_);
  }
  wake_up(const wake_up&) = delete;
  wake_up& operator=(const wake_up&) = delete;

  int fd() const noexcept {
    return fd_;
  }

  void ring() noexcept {
    if (is_rung_.exchange(true))
      return;
    std::uint64_t one = 1;
    [[maybe_unused]] auto ignored = ::write(fd_, &one, sizeof one);
  }

  /// Called by the thread before it looks at what was left for it.
  void heard() noexcept {
    std::uint64_t count = 0;
    [[maybe_unused]] auto ignored = ::read(fd_, &count, sizeof count);
    is_rung_ = false;
  }

private:
  int fd_;
  std::atomic<bool> is_rung_{false};
};

} // namespace jobfarm::nodes::link_layer
