#pragma once

#include "actors/file_room.hpp"
#include "messages/expected.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace jobfarm::report {

/// A file that is written beside its final name (`NAME.part-PID`) and takes
/// that name only when complete. What is not completed is removed.
class part_file {
public:
  /// Errors: invalid_input if the directory cannot be written.
  static expected<part_file> open(const std::string& path);

  part_file(part_file&&) noexcept = default;
  part_file& operator=(part_file&&) = delete;
  ~part_file();

  /// Where the content goes until it is complete.
  const std::string& path() const noexcept {
    return path_;
  }
  const std::string& part_path() const noexcept {
    return part_path_;
  }

  /// Appends bytes. Errors: store_failed, of these or of some before.
  expected<void> write(std::string_view bytes);

  /// Bytes are written up to a multiple of this, the others wait: few calls of
  /// the system for many lines, and half a page costs it more than the copy.
  static constexpr std::size_t large = 128u << 10;

  /// Syncs and renames. `write` may not have been used: then another program
  /// or library has written `part_path`.
  expected<void> complete();

private:
  struct closer {
    void operator()(std::FILE* file) const {
      std::fclose(file);
    }
  };
  part_file(std::string path, std::string part, std::FILE* file);

  expected<void> write_out(std::string_view bytes);
  bool write_all(std::string_view first, std::string_view second);
  void begin_sync();

  std::string path_;
  std::string part_path_;
  std::string gathered_;
  std::uint64_t written_ = 0;
  std::uint64_t synced_ = 0;
  file_room room_{8u << 20};
  std::unique_ptr<std::FILE, closer> file_;
};

} // namespace jobfarm::report
