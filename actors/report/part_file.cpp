#include "actors/report/part_file.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

namespace jobfarm::report {

namespace {

std::string because(const std::string& what, const std::string& path) {
  return what + ' ' + (path == standard_output ? "stdout" : path) + ": "
         + std::strerror(errno);
}

std::FILE* stream_of(int file) {
  return file < 0 ? nullptr : ::fdopen(file, "wb");
}

/// A temporary file of a name of its own, empty; none if that cannot be.
std::string temporary_file() {
  const auto* directory = std::getenv("TMPDIR");
  auto name = std::string{directory && *directory ? directory : "/tmp"}
              + "/jobfarm-XXXXXX";
  const auto file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0)
    return {};
  ::close(file);
  return name;
}

} // namespace

part_file::part_file(std::string path, file_target target, std::string part,
                     std::FILE* file)
    : path_(std::move(path)),
      target_(std::move(target)),
      part_path_(std::move(part)),
      file_(file) {
}

expected<part_file> part_file::open(const std::string& path) {
  auto target = find_target(path);
  if (!target)
    return target.error();
  return target->open_file < 0 ? open_beside(path, *std::move(target))
                               : open_directly(path, *std::move(target));
}

expected<part_file> part_file::open_beside(const std::string& path,
                                           file_target target) {
  auto part = target.path + ".part-" + std::to_string(::getpid());
  // What a process of this number has left.
  ::unlink(part.c_str());
  const auto mode = target.replaced ? S_IRUSR | S_IWUSR : 0666;
  auto* file = stream_of(
      ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!file)
    return fail(errc::invalid_input, because("cannot write", path));
  return part_file{path, std::move(target), std::move(part), file};
}

expected<part_file> part_file::open_directly(const std::string& path,
                                             file_target target) {
  auto* file = stream_of(target.open_file);
  auto part = temporary_file();
  if (!file || part.empty()) {
    auto why = fail(errc::invalid_input, because("cannot write", path));
    file ? std::fclose(file) : ::close(target.open_file);
    return why;
  }
  return part_file{path, std::move(target), std::move(part), file};
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
  if (end >= large && !is_direct())
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
      return errno == EPIPE;
    const auto size = static_cast<std::size_t>(done);
    const auto of_first = std::min(size, first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(size - of_first);
  }
  return true;
}

/// Has the disk take what is written while more is: `complete` has less to wait
/// for. Once at a time; what comes meanwhile waits for the next time.
void part_file::begin_sync() {
  constexpr std::uint64_t enough = 16u << 20;
  if (written_ - synced_ < enough || is_direct())
    return;
  constexpr auto at_once = std::chrono::seconds{0};
  if (syncing_.valid()
      && syncing_.wait_for(at_once) != std::future_status::ready)
    return;
  end_sync();
  syncing_ = std::async([file = ::fileno(file_.get())] {
    return ::fdatasync(file) == 0 ? 0 : errno;
  });
  synced_ = written_;
}

/// An error is told to the one who syncs, and not to the next.
bool part_file::end_sync() {
  if (syncing_.valid())
    if (auto error = syncing_.get(); error != 0)
      sync_error_ = error;
  errno = sync_error_;
  return sync_error_ == 0;
}

expected<void> part_file::complete() {
  if (auto written = write_out({}); !written)
    return written;
  return is_direct() ? pass_on() : take_name();
}

/// By its name: it may be another file than was opened.
bool part_file::sync_part() const {
  const auto file = ::open(part_path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return false;
  const auto done = (!target_.replaced || make_like(file, *target_.replaced))
                    && ::fsync(file) == 0;
  return ::close(file) == 0 && done;
}

expected<void> part_file::take_name() {
  room_.give_back(::fileno(file_.get()), written_);
  if (!end_sync() || !sync_part())
    return fail(errc::store_failed, because("write", path_));
  if (std::rename(part_path_.c_str(), target_.path.c_str()) != 0)
    return fail(errc::store_failed, because("rename to", path_));
  file_.reset();
  return {};
}

expected<void> part_file::pass_on() {
  const std::unique_ptr<std::FILE, closer> made(
      std::fopen(part_path_.c_str(), "rbe"));
  bool done = made != nullptr;
  std::string some(large, '\0');
  for (std::size_t got = 1; done && got > 0;) {
    got = std::fread(some.data(), 1, some.size(), made.get());
    done = !std::ferror(made.get()) && write_all({some.data(), got}, {});
  }
  if (!done)
    return fail(errc::store_failed, because("write", path_));
  ::unlink(part_path_.c_str());
  if (std::fclose(file_.release()) != 0)
    return fail(errc::store_failed, because("write", path_));
  return {};
}

} // namespace jobfarm::report
