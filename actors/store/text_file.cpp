#include "actors/store/text_file.hpp"

#include "actors/store/disk_failure.hpp"
#include "actors/text/long_hash.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace jobfarm::store {

namespace {

failure failed(const std::string& what, const std::string& path) {
  return disk_failure(what + ' ' + path, std::strerror(errno));
}

std::uint64_t first_half(const text_hash& hash) {
  std::uint64_t half = 0;
  std::memcpy(&half, hash.data(), sizeof half);
  return half;
}

/// Makes the name of a new file outlive the machine's next start.
bool sync_directory(const std::string& path) {
  auto parent = std::filesystem::path(path).parent_path();
  auto directory = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0)
    return false;
  auto done = ::fsync(directory) == 0;
  return ::close(directory) == 0 && done;
}

/// Whether what was read is the text that the place was given to.
bool is_there(const text_place& place, std::string_view read) {
  return read.empty() || is_place_of(place, read);
}

/// Takes the first `bytes` off the front of `parts`.
void drop_written(std::vector<iovec>& parts, std::size_t bytes) {
  auto whole = parts.begin();
  for (; whole != parts.end() && whole->iov_len <= bytes; ++whole)
    bytes -= whole->iov_len;
  parts.erase(parts.begin(), whole);
  if (bytes > 0) {
    parts.front().iov_base = static_cast<char*>(parts.front().iov_base) + bytes;
    parts.front().iov_len -= bytes;
  }
}

} // namespace

text_hash hash_of(std::string_view text) {
  return text::long_hash_128(text);
}

std::array<char, place_bytes> to_bytes(const text_place& place) {
  std::array<char, place_bytes> bytes;
  std::memcpy(bytes.data(), &place.offset, 8);
  std::memcpy(bytes.data() + 8, &place.size, 4);
  std::memcpy(bytes.data() + 12, &place.hash, 8);
  return bytes;
}

text_place place_in(std::string_view bytes) {
  text_place place;
  std::memcpy(&place.offset, bytes.data(), 8);
  std::memcpy(&place.size, bytes.data() + 8, 4);
  std::memcpy(&place.hash, bytes.data() + 12, 8);
  return place;
}

bool is_place_of(const text_place& place, std::string_view text,
                 const text_hash& hash) {
  return place.size == text.size() && place.hash == first_half(hash);
}

bool is_place_of(const text_place& place, std::string_view text) {
  return is_place_of(place, text, hash_of(text));
}

text_file::text_file(std::string path, int file)
    : path_(std::move(path)), file_(file) {
}

text_file::~text_file() {
  room_.give_back(file_, written_);
  ::close(file_);
}

expected<std::unique_ptr<text_file>> text_file::open(const std::string& path) {
  auto file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0)
    return failed("open", path);
  std::unique_ptr<text_file> opened(new text_file(path, file));
  auto end = ::lseek(file, 0, SEEK_END);
  if (end < 0 || !sync_directory(path))
    return failed("open", path);
  opened->written_ = opened->end_ = static_cast<std::uint64_t>(end);
  return opened;
}

text_place text_file::add(std::string_view text, const text_hash& hash) {
  text_place place{end_, static_cast<std::uint32_t>(text.size()),
                   first_half(hash)};
  end_ += text.size();
  added_.push_back({const_cast<char*>(text.data()), text.size()});
  return place;
}

expected<void> text_file::write() {
  if (added_.empty())
    return {};
  auto parts = std::exchange(added_, {});
  auto at = written_;
  room_.find(file_, written_, end_);
  while (!parts.empty()) {
    auto count = std::min<std::size_t>(parts.size(), IOV_MAX);
    auto done = ::pwritev(file_, parts.data(), static_cast<int>(count),
                          static_cast<off_t>(at));
    if (done < 0 && errno == EINTR)
      continue;
    if (done < 0)
      break;
    at += static_cast<std::uint64_t>(done);
    drop_written(parts, static_cast<std::size_t>(done));
  }
  if (!parts.empty() || ::fdatasync(file_) != 0) {
    end_ = written_;
    return failed("write", path_);
  }
  written_ = end_;
  return {};
}

expected<std::size_t> text_file::read(std::uint64_t offset, char* to,
                                      std::size_t size) const {
  std::size_t have = 0;
  while (have < size) {
    auto got = ::pread(file_, to + have, size - have,
                       static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return failed("read", path_);
    if (got == 0)
      break;
    have += static_cast<std::size_t>(got);
  }
  return have;
}

expected<text_reader::texts>
text_reader::read(const text_place& first, const text_place& second) & {
  const std::size_t size = first.size + std::size_t{second.size};
  if (room_.size() < size)
    room_.resize(size);
  auto* to = room_.data();
  const auto are_together = first.offset + first.size == second.offset;
  auto got = file_.read(first.offset, to, are_together ? size : first.size);
  if (got && !are_together)
    got = file_.read(second.offset, to + first.size, second.size);
  if (!got)
    return got.error();
  const texts found{{to, first.size}, {to + first.size, second.size}};
  if (!is_there(first, found.first) || !is_there(second, found.second))
    return fail(errc::store_failed,
                "read " + file_.path_
                    + ": it is damaged; restore a copy of it and "
                      "of the directory around it");
  return found;
}

} // namespace jobfarm::store
