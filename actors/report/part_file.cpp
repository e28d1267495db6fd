#include "actors/report/part_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

namespace jobfarm::report {

namespace {

std::string because(const std::string& what, const std::string& path) {
  return what + ' ' + path + ": " + std::strerror(errno);
}

/// By its name: it may be another file than was opened.
bool is_synced(const std::string& path) {
  auto file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return false;
  auto done = ::fsync(file) == 0;
  return ::close(file) == 0 && done;
}

} // namespace

part_file::part_file(std::string path, std::string part, std::FILE* file)
    : path_(std::move(path)), part_path_(std::move(part)), file_(file) {
}

expected<part_file> part_file::open(const std::string& path) {
  auto part = path + ".part-" + std::to_string(::getpid());
  auto* file = std::fopen(part.c_str(), "wb");
  if (!file)
    return fail(errc::invalid_input, because("cannot write", path));
  return part_file{path, std::move(part), file};
}

part_file::~part_file() {
  if (file_)
    ::unlink(part_path_.c_str());
}

expected<void> part_file::write(std::string_view bytes) {
  const auto size = gathered_.size() + bytes.size();
  if (size >= large) {
    const auto now = size / large * large - gathered_.size();
    if (auto written = write_out(bytes.substr(0, now)); !written)
      return written;
    bytes.remove_prefix(now);
  }
  gathered_ += bytes;
  return {};
}

/// Writes what was gathered, and these bytes behind it.
expected<void> part_file::write_out(std::string_view bytes) {
  const auto end = written_ + gathered_.size() + bytes.size();
  if (end >= large)
    room_.find(::fileno(file_.get()), written_, end);
  if (!write_all(gathered_, bytes))
    return fail(errc::store_failed, because("write", path_));
  gathered_.clear();
  written_ = end;
  begin_sync();
  return {};
}

bool part_file::write_all(std::string_view first, std::string_view second) {
  while (!first.empty() || !second.empty()) {
    const iovec parts[] = {{const_cast<char*>(first.data()), first.size()},
                           {const_cast<char*>(second.data()), second.size()}};
    const auto done = ::writev(::fileno(file_.get()), parts, 2);
    if (done < 0 && errno == EINTR)
      continue;
    if (done < 0)
      return false;
    const auto size = static_cast<std::size_t>(done);
    const auto of_first = std::min(size, first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(size - of_first);
  }
  return true;
}

/// Has the system begin to bring on disk what is written, so that `complete`
/// has less to wait for. Whether it is there is known only then.
void part_file::begin_sync() {
  constexpr std::uint64_t enough = 16u << 20;
  if (written_ - synced_ < enough)
    return;
  ::sync_file_range(::fileno(file_.get()), 0, 0, SYNC_FILE_RANGE_WRITE);
  synced_ = written_;
}

expected<void> part_file::complete() {
  if (auto written = write_out({}); !written)
    return written;
  room_.give_back(::fileno(file_.get()), written_);
  if (!is_synced(part_path_))
    return fail(errc::store_failed, because("write", path_));
  if (std::rename(part_path_.c_str(), path_.c_str()) != 0)
    return fail(errc::store_failed, because("rename to", path_));
  file_.reset();
  return {};
}

} // namespace jobfarm::report
