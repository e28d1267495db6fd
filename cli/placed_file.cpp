#include "cli/placed_file.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace jobfarm::cli {

placed_file::~placed_file() {
  ::close(descriptor_);
}

std::shared_ptr<const placed_file> placed_file::of(int descriptor) {
  struct stat about {};
  if (::fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode))
    return nullptr;
  auto second = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  return second < 0 ? nullptr : std::make_shared<const placed_file>(second);
}

bool placed_file::append(std::string_view bytes) const {
  while (!bytes.empty()) {
    auto count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

std::string placed_file::read(std::uint64_t begin, std::size_t size) const {
  std::string bytes(size, '\0');
  std::size_t got = 0;
  while (got < size) {
    auto count = ::pread(descriptor_, bytes.data() + got, size - got,
                         static_cast<off_t>(begin + got));
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      break;
    got += static_cast<std::size_t>(count);
  }
  bytes.resize(got);
  return bytes;
}

} // namespace jobfarm::cli
