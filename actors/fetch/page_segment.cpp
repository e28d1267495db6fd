#include "actors/fetch/page_segment.hpp"

#include "actors/text/long_hash.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace jobfarm::fetch {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t checksum_bytes = 8;
constexpr std::size_t record_bytes = 24;

/// What comes before a body, unless its site has sitemaps of very long names.
constexpr std::size_t head_bytes = 4096;

template <class Number>
Number read_number(std::string_view bytes) {
  Number number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i)
    number |= static_cast<Number>(
        static_cast<Number>(static_cast<unsigned char>(bytes[i])) << (8 * i));
  return number;
}

template <class Number>
void append_number(std::string& out, Number number) {
  for (std::size_t i = 0; i < sizeof number; ++i)
    out += static_cast<char>(number >> (8 * i) & 0xFF);
}

/// What every entry of `key` holds between its checksum and its page.
std::string name_of(const std::string& key) {
  std::string name;
  append_number(name, static_cast<std::uint32_t>(key.size()));
  return name + key;
}

/// What stands behind the name, if it is that of `key`.
std::optional<std::string_view> page_in(std::string_view entry,
                                        const std::string& key) {
  auto name = name_of(key);
  if (entry.substr(0, name.size()) != name)
    return std::nullopt;
  return entry.substr(name.size());
}

std::string record_of(std::uint64_t key_hash, const page_place& place) {
  std::string record;
  append_number(record, key_hash);
  append_number(record, place.offset);
  append_number(record, place.size);
  append_number(record, static_cast<std::uint32_t>(text::long_hash(record)));
  return record;
}

int open_file(const fs::path& stem, const char* ending, int flags) {
  auto path = stem;
  path += ending;
  return ::open(path.c_str(), flags | O_CLOEXEC, 0600);
}

std::uint64_t size_of(int file) {
  struct stat about {};
  return ::fstat(file, &about) == 0 ? static_cast<std::uint64_t>(about.st_size)
                                    : 0;
}

bool write_at(int file, std::uint64_t offset, std::string_view first,
              std::string_view second = {}) {
  while (!first.empty() || !second.empty()) {
    iovec parts[] = {{const_cast<char*>(first.data()), first.size()},
                     {const_cast<char*>(second.data()), second.size()}};
    auto done = ::pwritev(file, parts, 2, static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR)
      continue;
    if (done < 0)
      return false;
    offset += static_cast<std::uint64_t>(done);
    auto of_first = std::min(static_cast<std::size_t>(done), first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(static_cast<std::size_t>(done) - of_first);
  }
  return true;
}

/// Empty if they are not all there.
std::string read_at(int file, std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t have = 0;
  while (have < size) {
    auto got = ::pread(file, bytes.data() + have, size - have,
                       static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return {};
    have += static_cast<std::size_t>(got);
  }
  return bytes;
}

} // namespace

std::uint64_t hash_of_key(const std::string& key) {
  return text::long_hash(key);
}

page_entry::page_entry(const std::string& key, const cached_page& page)
    : head(checksum_bytes, '\0'), body(page.body) {
  head += name_of(key);
  append_page_head(head, page);
  std::string checksum;
  append_number(
      checksum,
      text::long_hash(std::string_view{head}.substr(checksum_bytes), body));
  head.replace(0, checksum_bytes, checksum);
}

page_segment::page_segment(int pages, int index)
    : pages_(pages),
      index_(index),
      bytes_(size_of(pages)),
      // What is behind the last whole record is written over.
      index_bytes_(size_of(index) / record_bytes * record_bytes) {
}

page_segment::page_segment(page_segment&& other) noexcept
    : pages_(std::exchange(other.pages_, -1)),
      index_(std::exchange(other.index_, -1)),
      bytes_(other.bytes_),
      room_(other.room_),
      index_bytes_(other.index_bytes_) {
}

page_segment& page_segment::operator=(page_segment&& other) noexcept {
  std::swap(pages_, other.pages_);
  std::swap(index_, other.index_);
  std::swap(bytes_, other.bytes_);
  std::swap(room_, other.room_);
  std::swap(index_bytes_, other.index_bytes_);
  return *this;
}

page_segment::~page_segment() {
  room_.give_back(pages_, bytes_);
  for (auto file : {pages_, index_})
    if (file >= 0)
      ::close(file);
}

std::optional<page_segment> page_segment::open(const fs::path& stem) {
  page_segment opened(open_file(stem, ".pages", O_WRONLY | O_CREAT),
                      open_file(stem, ".index", O_WRONLY | O_CREAT));
  if (opened.pages_ < 0 || opened.index_ < 0)
    return std::nullopt;
  return opened;
}

std::optional<page_place> page_segment::add(std::uint64_t key_hash,
                                            const page_entry& entry) {
  page_place place{bytes_, static_cast<std::uint32_t>(entry.size())};
  room_.find(pages_, bytes_, bytes_ + entry.size());
  if (!write_at(pages_, bytes_, entry.head, entry.body))
    return std::nullopt;
  if (!write_at(index_, index_bytes_, record_of(key_hash, place)))
    return std::nullopt;
  bytes_ += place.size;
  index_bytes_ += record_bytes;
  return place;
}

std::vector<std::pair<std::uint64_t, page_place>>
places_in(const fs::path& stem) {
  std::vector<std::pair<std::uint64_t, page_place>> places;
  auto file = open_file(stem, ".index", O_RDONLY);
  if (file < 0)
    return places;
  auto index = read_at(file, 0, size_of(file) / record_bytes * record_bytes);
  ::close(file);
  for (std::size_t at = 0; at < index.size(); at += record_bytes) {
    auto record = std::string_view{index}.substr(at, record_bytes);
    auto hash = read_number<std::uint64_t>(record);
    page_place place{read_number<std::uint64_t>(record.substr(8)),
                     read_number<std::uint32_t>(record.substr(16))};
    if (record == record_of(hash, place))
      places.emplace_back(hash, place);
  }
  return places;
}

expected<cached_page_ptr> read_page_at(const fs::path& stem,
                                       const page_place& place,
                                       const std::string& key) {
  auto spoilt = [&](const char* why) {
    return fail(errc::store_failed,
                "read page cache " + stem.string() + ".pages: " + why);
  };
  auto file = open_file(stem, ".pages", O_RDONLY);
  if (file < 0 && errno == ENOENT)
    return cached_page_ptr{};
  if (file < 0)
    return spoilt(std::strerror(errno));
  // No room for what is not there.
  auto size = size_of(file);
  auto is_there = place.size <= size && place.offset <= size - place.size;
  auto bytes = is_there ? read_at(file, place.offset, place.size) : "";
  ::close(file);
  if (bytes.size() < checksum_bytes)
    return spoilt("a page is cut off");
  auto rest = std::string_view{bytes}.substr(checksum_bytes);
  if (read_number<std::uint64_t>(bytes) != text::long_hash(rest))
    return spoilt("a page is spoilt");
  auto page = page_in(rest, key);
  return page ? decode_page(*page) : nullptr;
}

std::int64_t fresh_until_at(const fs::path& stem, const page_place& place,
                            const std::string& key) {
  auto file = open_file(stem, ".pages", O_RDONLY);
  if (file < 0)
    return 0;
  auto bytes = read_at(file, place.offset,
                       std::min<std::size_t>(place.size, head_bytes));
  ::close(file);
  if (bytes.size() < checksum_bytes)
    return 0;
  auto page = page_in(std::string_view{bytes}.substr(checksum_bytes), key);
  return page ? fresh_until_in(*page) : 0;
}

} // namespace jobfarm::fetch
