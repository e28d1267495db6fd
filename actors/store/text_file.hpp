#pragma once

#include "actors/file_room.hpp"
#include "messages/expected.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <sys/uio.h>

namespace jobfarm::store {

/// XXH3 128-bit, in the byte order of the machine.
using text_hash = std::array<char, 16>;
text_hash hash_of(std::string_view text);

/// Where a text stands, and what tells that it is the one that was meant.
struct text_place {
  std::uint64_t offset = 0;
  std::uint32_t size = 0;
  /// The first half of its hash.
  std::uint64_t hash = 0;
};

/// A place as 20 bytes, and back from the first 20 of them.
constexpr std::size_t place_bytes = 20;
std::array<char, place_bytes> to_bytes(const text_place& place);
text_place place_in(std::string_view bytes);

/// Whether it is a place of that text, by size and hash.
bool is_place_of(const text_place& place, std::string_view text);
bool is_place_of(const text_place& place, std::string_view text,
                 const text_hash& hash);

/// Texts in a file, one behind the other. It only grows: a place that was
/// given stays good. What stands behind the last place that anybody knows is
/// what a process left that ended before it told; later texts follow it.
///
/// One thread adds and writes; any thread reads.
class text_file {
public:
  /// Hears once of each text that is found to be damaged. Any thread.
  using damage_hearer = std::function<void(const failure&)>;

  /// Makes the file if it is not there. Errors: store_failed.
  static expected<std::unique_ptr<text_file>> open(const std::string& path,
                                                   damage_hearer heard = {});

  ~text_file();
  text_file(const text_file&) = delete;
  text_file& operator=(const text_file&) = delete;

  /// Gives a text its place. It is there after the next `write`, until which
  /// the bytes must stay where they are.
  text_place add(std::string_view text, const text_hash& hash);

  /// Returns after what was added is on disk. Errors: store_failed; then the
  /// places given since the last `write` are given again.
  expected<void> write();

  /// The texts at two places, in place of what stands in `first` and `second`:
  /// with one call of the system if the second follows the first. Where the
  /// size is 0 stands none. Errors: store_failed; bad_payload for bytes that
  /// are not those of the text, or that the disk does not give.
  expected<void> read(const text_place& first_place, std::string& first,
                      const text_place& second_place,
                      std::string& second) const;

  /// Whether a text was found to be damaged, also by a process before: places
  /// of such are kept in a file of their own, PATH.damaged.
  bool is_damaged(const text_place& place) const;

  /// Whether a place is of a text that was added since the last `write`.
  bool is_unwritten(const text_place& place) const noexcept {
    return place.offset >= written_;
  }

private:
  text_file(std::string path, int file, damage_hearer heard);

  void read_damages();
  failure note_damage(const text_place& place) const;

  /// Fills the parts up to `end` with what stands from `offset` on, as far as
  /// the file goes.
  expected<void> fill(std::uint64_t offset, iovec* parts,
                      const iovec* end) const;

  std::string path_;
  int file_;
  /// Where the next text goes, and how far the file is written.
  std::uint64_t end_ = 0;
  std::uint64_t written_ = 0;
  file_room room_{8u << 20};
  std::vector<iovec> added_;
  damage_hearer heard_;
  std::string damages_path_;
  mutable std::mutex damages_mutex_;
  mutable std::set<std::array<char, place_bytes>> damages_;
  /// Most stores have none.
  mutable std::atomic<bool> has_damages_{false};
};

} // namespace jobfarm::store
