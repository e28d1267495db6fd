#include "cli/record_spool.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace jobfarm::cli {

namespace {

constexpr std::size_t chunk_bytes = 1u << 20;

failure spool_failure(const char* what) {
  return fail(errc::store_failed,
              std::string{what} + " temporary file: " + std::strerror(errno)
                  + "; set TMPDIR to a directory with room");
}

} // namespace

record_spool::record_spool(record_spool&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      unwritten_(std::move(other.unwritten_)),
      written_(other.written_),
      ends_(std::move(other.ends_)) {
}

record_spool::~record_spool() {
  if (file_ >= 0)
    ::close(file_);
}

expected<record_spool> record_spool::open() {
  const auto* directory = std::getenv("TMPDIR");
  auto name = std::string{directory && *directory ? directory : "/tmp"}
              + "/jobfarm-XXXXXX";
  auto file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0)
    return spool_failure("make a");
  ::unlink(name.c_str());
  return record_spool{file};
}

expected<void> record_spool::add(std::string_view record) {
  unwritten_ += record;
  ends_.push_back(written_ + unwritten_.size());
  return unwritten_.size() < chunk_bytes ? expected<void>{} : flush();
}

expected<void> record_spool::flush() {
  std::string_view rest = unwritten_;
  while (!rest.empty()) {
    auto count = ::write(file_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return spool_failure("write a");
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  written_ += unwritten_.size();
  unwritten_.clear();
  return {};
}

expected<std::string> record_spool::read(std::size_t number) const {
  auto begin = number == 0 ? 0 : ends_[number - 1];
  auto size = static_cast<std::size_t>(ends_[number] - begin);
  if (begin >= written_)
    return unwritten_.substr(static_cast<std::size_t>(begin - written_), size);
  std::string record(size, '\0');
  std::size_t got = 0;
  while (got < size && begin + got < written_) {
    auto count = ::pread(file_, record.data() + got,
                         static_cast<std::size_t>(std::min<std::uint64_t>(
                             size - got, written_ - begin - got)),
                         static_cast<off_t>(begin + got));
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      return spool_failure("read a");
    got += static_cast<std::size_t>(count);
  }
  // Records are flushed whole, so none is on both sides.
  return record;
}

} // namespace jobfarm::cli
