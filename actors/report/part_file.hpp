#pragma once

#include "actors/file_room.hpp"
#include "actors/report/file_target.hpp"
#include "messages/expected.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <future>
#include <memory>
#include <string>
#include <string_view>

namespace jobfarm::report {

/// A file that is written beside its final name (`NAME.part-PID`) and takes
/// that name only when complete. What is not completed is removed. A link is
/// followed; the mode of a file that is replaced is kept. What is no regular
/// file (a pipe, a device) and the standard output (`-`) are written to at
/// once; a reader of it that has left wants no more, which is no failure.
class part_file {
public:
  /// Waits for a reader of a pipe with a name. Errors: invalid_input if the
  /// directory or the device cannot be written.
  static expected<part_file> open(const std::string& path);

  part_file(part_file&&) noexcept = default;
  part_file& operator=(part_file&&) = delete;
  ~part_file();

  /// The name that was asked for.
  const std::string& path() const noexcept {
    return path_;
  }
  /// Where the content goes until it is complete; a temporary file elsewhere if
  /// the target is no regular file.
  const std::string& part_path() const noexcept {
    return part_path_;
  }

  /// Appends bytes. Errors: store_failed, of these or of some before.
  expected<void> write(std::string_view bytes);

  /// Bytes are written up to a multiple of this, the others wait: few calls of
  /// the system for many lines, and half a page costs it more than the copy.
  static constexpr std::size_t large = 128u << 10;

  /// Syncs and renames, or passes on what is in `part_path`. `write` may not
  /// have been used: then another program or library has written `part_path`.
  expected<void> complete();

private:
  struct closer {
    void operator()(std::FILE* file) const {
      std::fclose(file);
    }
  };
  part_file(std::string path, file_target target, std::string part,
            std::FILE* file);

  static expected<part_file> open_beside(const std::string& path,
                                         file_target target);
  static expected<part_file> open_directly(const std::string& path,
                                           file_target target);
  bool is_direct() const noexcept {
    return target_.open_file >= 0;
  }
  expected<void> write_out(std::string_view bytes);
  bool write_all(std::string_view first, std::string_view second);
  void begin_sync();
  bool end_sync();
  bool sync_part() const;
  expected<void> take_name();
  expected<void> pass_on();

  std::string path_;
  file_target target_;
  std::string part_path_;
  std::string gathered_;
  std::uint64_t written_ = 0;
  std::uint64_t synced_ = 0;
  file_room room_{8u << 20};
  std::unique_ptr<std::FILE, closer> file_;
  /// Uses the file.
  std::future<int> syncing_;
  int sync_error_ = 0;
};

} // namespace jobfarm::report
