#pragma once

#include <algorithm>
#include <cstdint>

#include <fcntl.h>
#include <unistd.h>

namespace jobfarm {

/// Room on disk behind the end of a file that grows, found for many writes at
/// once: to find it write by write takes as long as to copy what is written.
/// Where the system has none, nothing is lost: writes find their own.
class file_room {
public:
  /// Finds so many bytes at once.
  explicit constexpr file_room(std::uint64_t step) : step_(step) {
  }

  /// Before bytes are written up to `end`, behind the `size` that are there.
  void find(int file, std::uint64_t size, std::uint64_t end) {
    if (end <= end_)
      return;
    end_ = std::max(end, size + step_);
    ::fallocate(file, FALLOC_FL_KEEP_SIZE, static_cast<off_t>(size),
                static_cast<off_t>(end_ - size));
  }

  /// Gives back what is behind the `size` bytes that are there. Where that
  /// fails, the room stays the file's.
  void give_back(int file, std::uint64_t size) {
    if (end_ > size && ::ftruncate(file, static_cast<off_t>(size)) == 0)
      end_ = size;
  }

private:
  std::uint64_t step_;
  /// Where the room ends that was found.
  std::uint64_t end_ = 0;
};

} // namespace jobfarm
