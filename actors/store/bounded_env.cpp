#include "actors/store/bounded_env.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace jobfarm::store {

namespace {

using leveldb::Status;

Status status_of(const std::string& file, int error) {
  const auto* why = std::strerror(error);
  return error == ENOENT ? Status::NotFound(file, why)
                         : Status::IOError(file, why);
}

class positioned_file : public leveldb::RandomAccessFile {
public:
  positioned_file(std::string name, int descriptor)
    : name_(std::move(name)), descriptor_(descriptor) {
    // nop
  }
  ~positioned_file() override {
    ::close(descriptor_);
  }

  Status Read(std::uint64_t offset, std::size_t size, leveldb::Slice* result,
              char* scratch) const override {
    std::size_t have = 0;
    while (have < size) {
      auto got = ::pread(descriptor_, scratch + have, size - have,
                         static_cast<off_t>(offset + have));
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return status_of(name_, errno);
      if (got == 0)
        break;
      have += static_cast<std::size_t>(got);
    }
    *result = leveldb::Slice(scratch, have);
    return Status::OK();
  }

private:
  std::string name_;
  int descriptor_;
};

constexpr std::size_t write_bytes = 64u << 10;

/// The database flushes after every block of a few kilobytes. Nothing that it
/// has written counts before it is synced, or closed: until then it is gathered
/// for large writes.
class gathering_file : public leveldb::WritableFile {
public:
  gathering_file(std::string name, int descriptor)
    : name_(std::move(name)), descriptor_(descriptor) {
    // nop
  }
  ~gathering_file() override {
    if (descriptor_ >= 0)
      Close();
  }

  Status Append(const leveldb::Slice& bytes) override {
    gathered_.append(bytes.data(), bytes.size());
    return gathered_.size() < write_bytes ? Status::OK() : write();
  }

  Status Flush() override {
    return Status::OK();
  }

  Status Sync() override {
    auto written = write();
    if (written.ok() && ::fdatasync(descriptor_) != 0)
      return status_of(name_, errno);
    return written;
  }

  Status Close() override {
    auto written = write();
    if (::close(std::exchange(descriptor_, -1)) != 0 && written.ok())
      return status_of(name_, errno);
    return written;
  }

private:
  /// What cannot be written now stays for the next time.
  Status write() {
    Status status;
    std::size_t done = 0;
    while (done < gathered_.size()) {
      auto wrote = ::write(descriptor_, gathered_.data() + done,
                           gathered_.size() - done);
      if (wrote < 0 && errno == EINTR)
        continue;
      if (wrote < 0) {
        status = status_of(name_, errno);
        break;
      }
      done += static_cast<std::size_t>(wrote);
    }
    gathered_.erase(0, done);
    return status;
  }

  std::string name_;
  int descriptor_;
  std::string gathered_;
};

/// The database's own manifest file syncs its directory too.
bool is_manifest(std::string_view name) {
  return name.substr(name.rfind('/') + 1).substr(0, 8) == "MANIFEST";
}

class bounded_env : public leveldb::EnvWrapper {
public:
  bounded_env() : EnvWrapper(leveldb::Env::Default()) {
    // nop
  }

  Status NewRandomAccessFile(const std::string& name,
                             leveldb::RandomAccessFile** result) override {
    auto descriptor = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
      *result = nullptr;
      return status_of(name, errno);
    }
    *result = new positioned_file(name, descriptor);
    return Status::OK();
  }

  Status NewWritableFile(const std::string& name,
                         leveldb::WritableFile** result) override {
    if (is_manifest(name))
      return EnvWrapper::NewWritableFile(name, result);
    auto descriptor =
        ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0) {
      *result = nullptr;
      return status_of(name, errno);
    }
    *result = new gathering_file(name, descriptor);
    return Status::OK();
  }
};

} // namespace

std::unique_ptr<leveldb::Env> make_bounded_env() {
  return std::make_unique<bounded_env>();
}

} // namespace jobfarm::store
