#pragma once

#include "messages/expected.hpp"

#include <optional>
#include <string>
#include <string_view>

#include <sys/stat.h>

namespace jobfarm::report {

/// What stands where a file is to be written.
struct file_target {
  /// The name that the file takes: symbolic links are followed.
  std::string path;
  /// The regular file that has the name now.
  std::optional<struct stat> replaced;
  /// Open for writing, and the caller's to close, where there is something that
  /// cannot be replaced: a pipe, a device, a stream of this process
  /// (`/dev/stdout`). Else -1.
  int open_file = -1;
};

/// The path that means the standard output; a file of this name is `./-`.
inline constexpr std::string_view standard_output = "-";

/// Looks at `path`. Waits for a reader where it is a pipe with a name. Errors:
/// invalid_input for a directory or what cannot be opened.
expected<file_target> find_target(const std::string& path);

/// Gives the open `file` the mode of `replaced` and, where that is allowed, its
/// owner.
bool make_like(int file, const struct stat& replaced);

} // namespace jobfarm::report
