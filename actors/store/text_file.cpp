#include "actors/store/text_file.hpp"

#include "actors/store/disk_failure.hpp"
#include "actors/text/long_hash.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <filesystem>
#include <fstream>
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

/// Takes the first `bytes` off the front of the parts up to `end`, and empty
/// ones behind them; returns where they begin then.
iovec* rest_of(iovec* parts, const iovec* end, std::size_t bytes) {
  for (; parts != end && parts->iov_len <= bytes; ++parts)
    bytes -= parts->iov_len;
  if (bytes > 0) {
    parts->iov_base = static_cast<char*>(parts->iov_base) + bytes;
    parts->iov_len -= bytes;
  }
  return parts;
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

text_file::text_file(std::string path, int file, damage_hearer heard)
    : path_(std::move(path)),
      file_(file),
      heard_(std::move(heard)),
      damages_path_(path_ + ".damaged") {
}

text_file::~text_file() {
  room_.give_back(file_, written_);
  ::close(file_);
}

expected<std::unique_ptr<text_file>> text_file::open(const std::string& path,
                                                     damage_hearer heard) {
  auto file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0)
    return failed("open", path);
  std::unique_ptr<text_file> opened(
      new text_file(path, file, std::move(heard)));
  auto end = ::lseek(file, 0, SEEK_END);
  if (end < 0 || !sync_directory(path))
    return failed("open", path);
  opened->written_ = opened->end_ = static_cast<std::uint64_t>(end);
  opened->read_damages();
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
  auto* left = parts.data();
  const auto* end = left + parts.size();
  while (left != end) {
    auto count = std::min<std::ptrdiff_t>(end - left, IOV_MAX);
    auto done =
        ::pwritev(file_, left, static_cast<int>(count), static_cast<off_t>(at));
    if (done < 0 && errno == EINTR)
      continue;
    if (done < 0)
      break;
    at += static_cast<std::uint64_t>(done);
    left = rest_of(left, end, static_cast<std::size_t>(done));
  }
  if (left != end || ::fdatasync(file_) != 0) {
    end_ = written_;
    return failed("write", path_);
  }
  written_ = end_;
  return {};
}

expected<void> text_file::fill(std::uint64_t offset, iovec* parts,
                               const iovec* end) const {
  for (parts = rest_of(parts, end, 0); parts != end;) {
    auto got = ::preadv(file_, parts, static_cast<int>(end - parts),
                        static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0 && errno == EIO)
      return fail(errc::bad_payload, "the disk does not give it");
    if (got < 0)
      return failed("read", path_);
    if (got == 0)
      break;
    offset += static_cast<std::uint64_t>(got);
    parts = rest_of(parts, end, static_cast<std::size_t>(got));
  }
  return {};
}

expected<void> text_file::read(const text_place& first_place,
                               std::string& first,
                               const text_place& second_place,
                               std::string& second) const {
  first.resize(first_place.size);
  second.resize(second_place.size);
  iovec parts[] = {{first.data(), first.size()},
                   {second.data(), second.size()}};
  const auto* end = parts + 2;
  const auto are_together =
      first_place.offset + first_place.size == second_place.offset;
  auto got = fill(first_place.offset, parts, are_together ? end : parts + 1);
  if (got && !are_together)
    got = fill(second_place.offset, parts + 1, end);
  if (!got && got.error().code != errc::bad_payload)
    return got;
  expected<void> made;
  for (const auto& [place, text] :
       {std::pair{&first_place, &first}, std::pair{&second_place, &second}})
    if (place->size > 0 && (!got || !is_there(*place, *text)))
      made = note_damage(*place);
  return made;
}

/// What cannot be read of it is found to be damaged again.
void text_file::read_damages() {
  std::ifstream in(damages_path_, std::ios::binary);
  std::array<char, place_bytes> place{};
  while (in.read(place.data(), place_bytes))
    damages_.insert(place);
  has_damages_ = !damages_.empty();
}

failure text_file::note_damage(const text_place& place) const {
  auto why = fail(errc::bad_payload,
                  "read " + path_ + ": it is damaged at byte "
                      + std::to_string(place.offset)
                      + "; a posting of which that is a part is missing until"
                        " it is collected again");
  const auto bytes = to_bytes(place);
  {
    std::lock_guard lock(damages_mutex_);
    if (!damages_.insert(bytes).second)
      return why;
    has_damages_ = true;
    std::ofstream(damages_path_, std::ios::binary | std::ios::app)
        .write(bytes.data(), place_bytes);
  }
  if (heard_)
    heard_(why);
  return why;
}

bool text_file::is_damaged(const text_place& place) const {
  if (!has_damages_)
    return false;
  std::lock_guard lock(damages_mutex_);
  return damages_.count(to_bytes(place)) != 0;
}

} // namespace jobfarm::store
