#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

/// Reading text eight bytes at a time: most of what the farm reads is ASCII.
/// A mark is the high bit of a byte; byte 0 is the first of the text.
namespace jobfarm::text::eight {

constexpr std::size_t size = 8;
constexpr std::uint64_t ones = 0x0101010101010101;
constexpr std::uint64_t marks = 0x8080808080808080;

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

inline std::uint64_t load(const char* from) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, from, size);
  return bytes;
}

inline bool is_ascii(std::uint64_t bytes) {
  return (bytes & marks) == 0;
}

/// The first position of `text` from `at` on that is not ASCII; its size if
/// there is none.
inline std::size_t ascii_end(std::string_view text, std::size_t at) {
  while (at + size <= text.size() && is_ascii(load(text.data() + at)))
    at += size;
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80)
    ++at;
  return at;
}

/// Marks the bytes from `low` to `high`; all bytes must be ASCII.
constexpr std::uint64_t between(std::uint64_t bytes, unsigned char low,
                                unsigned char high) {
  return (bytes + ones * (0x80U - low)) & ~(bytes + ones * (0x7FU - high))
         & marks;
}

/// Small letters for capitals; all bytes must be ASCII.
constexpr std::uint64_t lower(std::uint64_t bytes) {
  return bytes | between(bytes, 'A', 'Z') >> 2;
}

/// Marks small letters and digits; all bytes must be ASCII.
constexpr std::uint64_t words(std::uint64_t bytes) {
  return (((bytes + ones * (0x80U - 'a')) & ~(bytes + ones * (0x7FU - 'z')))
          | ((bytes + ones * (0x80U - '0')) & ~(bytes + ones * (0x7FU - '9'))))
         & marks;
}

/// Marks all but blanks and control characters; all bytes must be ASCII.
constexpr std::uint64_t seen(std::uint64_t bytes) {
  return (bytes + ones * (0x7FU - ' ')) & marks;
}

/// Marks digits, whatever the bytes beside them.
constexpr std::uint64_t digits(std::uint64_t bytes) {
  return between(bytes & ~marks, '0', '9') & ~bytes;
}

/// Which byte the first mark is on; `marked` must not be 0.
inline std::size_t first(std::uint64_t marked) {
  return static_cast<std::size_t>(__builtin_ctzll(marked)) / 8;
}

/// One bit a mark, the first byte's lowest.
constexpr unsigned bits(std::uint64_t marked) {
  return static_cast<unsigned>((marked >> 7) * 0x0102040810204080 >> 56);
}

} // namespace jobfarm::text::eight
