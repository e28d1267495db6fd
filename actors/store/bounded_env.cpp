#include "actors/store/bounded_env.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
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
};

} // namespace

std::unique_ptr<leveldb::Env> make_bounded_env() {
  return std::make_unique<bounded_env>();
}

} // namespace jobfarm::store
