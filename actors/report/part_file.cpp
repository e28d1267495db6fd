#include "actors/report/part_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
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
  part_file opened{path, std::move(part), file};
  std::setvbuf(file, nullptr, _IONBF, 0);
  return opened;
}

part_file::~part_file() {
  if (file_)
    ::unlink(part_path_.c_str());
}

expected<void> part_file::write(std::string_view bytes) {
  if (gathered_.empty() && bytes.size() >= large)
    return write_out(bytes);
  gathered_ += bytes;
  if (gathered_.size() < large)
    return {};
  auto written = write_out(gathered_);
  gathered_.clear();
  return written;
}

expected<void> part_file::write_out(std::string_view bytes) {
  if (bytes.size() >= large)
    room_.find(::fileno(file_.get()), written_, written_ + bytes.size());
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size())
    return fail(errc::store_failed, because("write", path_));
  written_ += bytes.size();
  begin_sync();
  return {};
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
  if (auto written = write_out(gathered_); !written)
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
