#pragma once

#include "actors/fetch/page_cache.hpp"
#include "actors/file_room.hpp"
#include "messages/expected.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jobfarm::fetch {

/// Where a page lies in its segment.
struct page_place {
  std::uint64_t offset = 0;
  std::uint32_t size = 0;
};

/// The XXH3 64-bit of a key: what an index knows of it.
std::uint64_t hash_of_key(const std::string& key);

/// The bytes of a page under its key: 8 bytes of XXH3 over the rest, the length
/// of the key (4 bytes, little-endian), the key, the page. The body, which is
/// nearly all of it, stays where it is.
struct page_entry {
  page_entry(const std::string& key, const cached_page& page);
  std::size_t size() const noexcept {
    return head.size() + body.size();
  }

  std::string head;
  /// A view of the page that was given.
  std::string_view body;
};

/// A file that pages are added to, and beside it one of 24 bytes a page: hash
/// of the key, offset, size, and the low half of XXH3 over these. A record that
/// is torn or spoilt is passed over; what a record points to proves itself.
class page_segment {
public:
  /// The files are `stem` with `.pages` and `.index` behind it; made if they
  /// are not there. Nothing if they cannot be opened.
  static std::optional<page_segment> open(const std::filesystem::path& stem);

  page_segment(page_segment&& other) noexcept;
  page_segment& operator=(page_segment&& other) noexcept;
  ~page_segment();

  /// Nothing if it could not be written.
  std::optional<page_place> add(std::uint64_t key_hash,
                                const page_entry& entry);

  /// How many bytes its pages have.
  std::uint64_t bytes() const noexcept {
    return bytes_;
  }

private:
  page_segment(int pages, int index);

  int pages_;
  int index_;
  std::uint64_t bytes_ = 0;
  file_room room_{4u << 20};
  std::uint64_t index_bytes_ = 0;
};

/// What an index says: hashes of keys and where the pages are, those added last
/// at the end. Empty for what is no index.
std::vector<std::pair<std::uint64_t, page_place>>
places_in(const std::filesystem::path& stem);

/// The page of `key`; null if its file is gone, or the page is of another key
/// or an earlier layout. Errors: store_failed, where the file cannot be read or
/// does not hold there what was written.
expected<cached_page_ptr> read_page_at(const std::filesystem::path& stem,
                                       const page_place& place,
                                       const std::string& key);

/// Until when that page may be used without asking, by its first bytes, which
/// prove nothing; 0 if they do not say.
std::int64_t fresh_until_at(const std::filesystem::path& stem,
                            const page_place& place, const std::string& key);

} // namespace jobfarm::fetch
