#pragma once

#include <filesystem>
#include <string>

namespace jobfarm::test {

/// The project's own fixtures, `tests/data`.
std::filesystem::path data_dir();

/// `$JOBFARM_VECTORS`, else `../shared/vectors` beside the project; may not
/// exist.
std::filesystem::path vectors_dir();

/// `$JOBFARM_PAYLOADS`, else `../shared/payloads` beside the project; may not
/// exist.
std::filesystem::path payloads_dir();

/// Returns the whole of `file`; throws std::runtime_error if it cannot be
/// read.
std::string read_file(const std::filesystem::path& file);

/// A directory of its own that is gone with the object.
class temporary_directory {
public:
  temporary_directory();
  ~temporary_directory();
  temporary_directory(const temporary_directory&) = delete;
  temporary_directory& operator=(const temporary_directory&) = delete;

  const std::filesystem::path& path() const noexcept {
    return path_;
  }

private:
  std::filesystem::path path_;
};

} // namespace jobfarm::test
