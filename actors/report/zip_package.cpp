#include "actors/report/zip_package.hpp"

#include <zip.h>

#include <algorithm>
#include <cstring>
#include <ctime>

namespace jobfarm::report {

namespace {

/// zlib's level: beside its usual 6 it takes 0.6 of the time for sheets, and
/// they become a tenth larger.
constexpr zip_uint32_t level = 4;
/// 1980-01-01, the first day that a zip file can name: the same records give
/// the same bytes.
constexpr std::time_t first_day = 315'532'800;

failure because(zip_error_t* error) {
  auto* system = zip_error_system_type(error) == ZIP_ET_SYS
                     ? std::strerror(zip_error_code_system(error))
                     : nullptr;
  failure why =
      fail(errc::store_failed, system ? system : zip_error_strerror(error));
  zip_error_fini(error);
  return why;
}

failure because(zip_t* archive) {
  return because(zip_get_error(archive));
}

/// A part while libzip takes it, see zip_source_function(3).
class part_reader {
public:
  part_reader(piece_source pieces, std::uint64_t most_bytes)
      : pieces_(std::move(pieces)), most_bytes_(most_bytes) {
  }

  static zip_int64_t called(void* self, void* data, zip_uint64_t length,
                            zip_source_cmd_t command) {
    return static_cast<part_reader*>(self)->answer(data, length, command);
  }

private:
  zip_int64_t answer(void* data, zip_uint64_t length,
                     zip_source_cmd_t command) {
    switch (command) {
      case ZIP_SOURCE_OPEN:
        rest_ = pieces_;
        piece_.clear();
        at_ = 0;
        return 0;
      case ZIP_SOURCE_READ: return read(static_cast<char*>(data), length);
      case ZIP_SOURCE_CLOSE: return 0;
      case ZIP_SOURCE_STAT: {
        auto* stat = static_cast<zip_stat_t*>(data);
        zip_stat_init(stat);
        stat->valid = ZIP_STAT_SIZE;
        stat->size = most_bytes_;
        return sizeof *stat;
      }
      case ZIP_SOURCE_FREE: delete this; return 0;
      case ZIP_SOURCE_SUPPORTS: return ZIP_SOURCE_SUPPORTS_READABLE;
      default: return -1;
    }
  }

  zip_int64_t read(char* to, zip_uint64_t length) {
    while (at_ == piece_.size()) {
      piece_.clear();
      at_ = 0;
      if (!rest_(piece_))
        return 0;
    }
    auto size = std::min<std::size_t>(length, piece_.size() - at_);
    std::memcpy(to, piece_.data() + at_, size);
    at_ += size;
    return static_cast<zip_int64_t>(size);
  }

  piece_source pieces_;
  std::uint64_t most_bytes_;
  piece_source rest_;
  std::string piece_;
  std::size_t at_ = 0;
};

} // namespace

void zip_package::discarder::operator()(struct zip* archive) const noexcept {
  zip_discard(archive);
}

expected<zip_package> zip_package::open(const std::string& path) {
  return open(path, 0);
}

expected<zip_package> zip_package::open_to_read(const std::string& path) {
  return open(path, ZIP_RDONLY);
}

expected<zip_package> zip_package::open(const std::string& path, int flags) {
  int code = 0;
  if (auto* archive = zip_open(path.c_str(), flags, &code))
    return zip_package{archive};
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  return because(&error);
}

expected<void> zip_package::stream(const std::string& name,
                                   std::uint64_t most_bytes,
                                   const taker& take) {
  std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
      zip_fopen(archive_.get(), name.c_str(), 0), &zip_fclose);
  if (!file)
    return because(archive_.get());
  std::string bytes(256u << 10, '\0');
  for (std::uint64_t sum = 0;;) {
    const auto got = zip_fread(file.get(), bytes.data(), bytes.size());
    if (got < 0)
      return because(zip_file_get_error(file.get()));
    if (got == 0)
      return {};
    sum += static_cast<std::uint64_t>(got);
    if (sum > most_bytes)
      return fail(errc::too_large, name + " is too large");
    auto taken = take({bytes.data(), static_cast<std::size_t>(got)});
    if (!taken)
      return taken;
  }
}

expected<std::string> zip_package::read(const std::string& name) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat(archive_.get(), name.c_str(), 0, &stat) != 0)
    return because(archive_.get());
  std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
      zip_fopen(archive_.get(), name.c_str(), 0), &zip_fclose);
  if (!file)
    return because(archive_.get());
  std::string text(stat.size, '\0');
  if (zip_fread(file.get(), text.data(), text.size())
      != static_cast<zip_int64_t>(text.size()))
    return because(zip_file_get_error(file.get()));
  return text;
}

expected<void> zip_package::put(const std::string& name, piece_source pieces,
                                std::uint64_t most_bytes) {
  auto reader = std::make_unique<part_reader>(std::move(pieces), most_bytes);
  auto* source =
      zip_source_function(archive_.get(), &part_reader::called, reader.get());
  if (!source)
    return because(archive_.get());
  static_cast<void>(reader.release());
  // A part that is replaced would keep the level it has (zlib's highest).
  if (auto old = zip_name_locate(archive_.get(), name.c_str(), 0); old >= 0)
    zip_delete(archive_.get(), static_cast<zip_uint64_t>(old));
  auto index = zip_file_add(archive_.get(), name.c_str(), source, 0);
  if (index < 0) {
    zip_source_free(source);
    return because(archive_.get());
  }
  auto at = static_cast<zip_uint64_t>(index);
  if (zip_set_file_compression(archive_.get(), at, ZIP_CM_DEFLATE, level) != 0
      || zip_file_set_mtime(archive_.get(), at, first_day, 0) != 0)
    return because(archive_.get());
  return {};
}

expected<void> zip_package::close() {
  if (zip_close(archive_.get()) != 0)
    return because(archive_.get());
  static_cast<void>(archive_.release());
  return {};
}

} // namespace jobfarm::report
