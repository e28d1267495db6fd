#include "actors/report/file_target.hpp"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

namespace jobfarm::report {

namespace {

/// As many as the system follows, see path_resolution(7).
constexpr int most_links_followed = 40;

/// The descriptor that a name below /dev/fd or /proc/self/fd means: such a name
/// is a link to a file that may have been removed, or have a place to write at.
std::optional<int> descriptor_of(const std::filesystem::path& path) {
  std::error_code none;
  const auto place = std::filesystem::canonical(path.parent_path(), none);
  if (place != "/proc/" + std::to_string(::getpid()) + "/fd")
    return std::nullopt;
  const auto name = path.filename().string();
  int number = -1;
  const auto end = name.data() + name.size();
  const auto read = std::from_chars(name.data(), end, number);
  return read.ec == std::errc{} && read.ptr == end ? std::optional{number}
                                                   : std::nullopt;
}

expected<file_target> opened(const std::string& path, int file) {
  if (file < 0)
    return fail(errc::invalid_input,
                "cannot write " + path + ": " + std::strerror(errno));
  file_target found;
  found.path = path;
  found.open_file = file;
  return found;
}

} // namespace

expected<file_target> find_target(const std::string& path) {
  if (path == standard_output)
    return opened(path, ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0));
  std::filesystem::path at = path;
  for (int links = 0; links < most_links_followed; ++links) {
    if (auto number = descriptor_of(at))
      return opened(path, ::fcntl(*number, F_DUPFD_CLOEXEC, 0));
    std::error_code is_no_link;
    auto next = std::filesystem::read_symlink(at, is_no_link);
    if (is_no_link)
      break;
    at = at.parent_path() / next;
  }
  file_target found;
  found.path = at.string();
  struct stat about = {};
  if (::stat(path.c_str(), &about) != 0)
    return errno == ENOENT ? expected{std::move(found)} : opened(path, -1);
  if (!S_ISREG(about.st_mode))
    return opened(path, ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  found.replaced = about;
  return found;
}

bool make_like(int file, const struct stat& replaced) {
  struct stat now = {};
  if (::fstat(file, &now) != 0)
    return false;
  const auto is_other =
      now.st_uid != replaced.st_uid || now.st_gid != replaced.st_gid;
  // Only root may give files away. Before the mode, of which it takes bits.
  if (is_other && ::fchown(file, replaced.st_uid, replaced.st_gid) != 0
      && errno != EPERM)
    return false;
  return ::fchmod(file, replaced.st_mode & 07777) == 0;
}

} // namespace jobfarm::report
