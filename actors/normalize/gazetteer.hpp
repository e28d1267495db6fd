#pragma once

#include "messages/expected.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace jobfarm::normalize {

/// What a name can stand for.
enum class place_kind : std::uint8_t { country, admin1, city };

/// One place of the gazetteer. Views live as long as the gazetteer.
struct gazetteer_place {
  place_kind kind = place_kind::city;
  /// English name.
  std::string_view name;
  /// Of cities and admin1; empty where unknown.
  std::string_view admin1;
  /// ISO 3166-2 without the country; empty where unknown.
  std::string_view admin1_code;
  /// ISO 3166-1 alpha-2.
  std::string_view country;
  std::uint32_t population = 0;
};

/// The key under which a name is looked up: folded, without diacritics and
/// punctuation, hyphens as spaces, "saint" and "sankt" as "st", "ft" as "fort",
/// "mt" as "mount".
std::string place_key(std::string_view name);

/// Appends the folded words of `name` to `out`: `place_key` without its rules
/// for first words. Allocates nothing for ASCII that fits.
void append_folded_name(std::string& out, std::string_view name);

/// Places of the world by their names in many languages, memory-mapped and
/// read without allocation; any thread. The file, made by `gazetteer_writer`,
/// little endian:
///
///     `gazetteer_magic`
///     place_count:u32 name_count:u32 text_bytes:u32 slot_count:u32
///     place_count x {name:u32 admin1:u32 code:u32 population:u32
///                    country:char[2] kind:u8 0}
///     name_count x {text:u32 place:u32}      sorted by the bytes of the text
///     slot_count x {name:u32}     open addressing by `name_hash`: 1 + the
///                                 first name of a text in the
///                                 `slot_number_bits`, bits of the hash in the
///                                 others; 0 for an empty slot
///     text_bytes of NUL-terminated texts; offsets count from their begin
class gazetteer {
public:
  /// Maps a file. Errors: invalid_input if it cannot be read, is no gazetteer,
  /// or holds an offset outside itself.
  static expected<std::shared_ptr<const gazetteer>>
  open(const std::string& path);

  ~gazetteer();
  gazetteer(const gazetteer&) = delete;
  gazetteer& operator=(const gazetteer&) = delete;

  /// The entries of one key, in no order.
  class range {
  public:
    range(const gazetteer& from, std::uint32_t begin, std::uint32_t end)
        : from_(&from), begin_(begin), end_(end) {
    }
    std::uint32_t size() const noexcept {
      return end_ - begin_;
    }
    bool empty() const noexcept {
      return begin_ == end_;
    }
    gazetteer_place operator[](std::uint32_t i) const;

  private:
    const gazetteer* from_;
    std::uint32_t begin_;
    std::uint32_t end_;
  };

  /// Places that `key` (see `place_key`) names. Codes are looked up in upper
  /// case: "DE", "DEU", "CA" (California too), "US-CA".
  range find(std::string_view key) const;

  /// Whether a key is this word, or begins with it and a blank or another mark
  /// that sorts before the digits. Logarithmic.
  bool has_first_word(std::string_view word) const;

  /// Calls `take(key, place index)` for every name.
  template <class Take>
  void visit_names(Take take) const {
    for (std::uint32_t i = 0; i < name_count_; ++i)
      take(name(i), word(names_at_ + std::size_t{i} * 8 + 4));
  }

  /// The place of an index that `visit_names` gave.
  gazetteer_place place_at(std::uint32_t index) const {
    return place(index);
  }

  /// No other gazetteer of this process has the same: for keys of what was
  /// found in one.
  std::uint64_t serial() const noexcept {
    return serial_;
  }
  std::uint32_t place_count() const noexcept {
    return place_count_;
  }
  std::uint32_t name_count() const noexcept {
    return name_count_;
  }

private:
  gazetteer() = default;

  bool is_sound() const;
  bool has_sound_slots() const;
  std::uint32_t word(std::size_t offset) const;
  std::string_view text(std::uint32_t offset) const;
  std::string_view name(std::uint32_t index) const;
  bool is_named(std::uint32_t index, std::string_view key) const;
  gazetteer_place place(std::uint32_t index) const;

  const char* data_ = nullptr;
  std::size_t size_ = 0;
  std::uint64_t serial_ = 0;
  std::uint32_t place_count_ = 0;
  std::uint32_t name_count_ = 0;
  std::uint32_t slot_count_ = 0;
  std::uint32_t number_bits_ = 0;
  std::size_t names_at_ = 0;
  std::size_t slots_at_ = 0;
  std::size_t texts_at_ = 0;
};

/// How a file begins; its version in the sixth byte.
inline constexpr std::string_view gazetteer_magic{"JFGAZ\3\0\0", 8};

/// The bits of a slot that number one of so many names.
inline std::uint32_t slot_number_bits(std::uint32_t name_count) {
  std::uint32_t bits = 1;
  while (bits < name_count)
    bits = bits << 1 | 1;
  return bits;
}

/// FNV-1a with a last mix: the hash of the file's slots.
inline std::uint32_t name_hash(std::string_view key) {
  std::uint32_t hash = 2166136261U;
  for (char c : key)
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  hash ^= hash >> 15;
  return hash * 0x2c1b3c6dU;
}

} // namespace jobfarm::normalize
