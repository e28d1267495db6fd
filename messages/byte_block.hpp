#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

/// Reading text sixteen bytes at a time, by the vector types of GCC and Clang.
/// A mask has all bits of a byte set where something holds.
namespace jobfarm::block {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

constexpr std::size_t size = 16;
using bytes = unsigned char __attribute__((vector_size(size)));

inline bytes load(const char* from) {
  bytes loaded;
  std::memcpy(&loaded, from, size);
  return loaded;
}

/// Fewer than sixteen bytes, zeros behind them. As two numbers that may cover
/// the same bytes: a copy of any size is a call and waits for its bytes.
inline bytes load_short(const char* from, std::size_t count) {
  auto ends = [&](auto first) {
    auto last = first;
    std::memcpy(&first, from, sizeof first);
    std::memcpy(&last, from + count - sizeof last, sizeof last);
    return std::pair<std::uint64_t, std::uint64_t>{first, last};
  };
  using words = std::uint64_t __attribute__((vector_size(size)));
  words loaded{};
  if (count >= 8) {
    auto [first, last] = ends(std::uint64_t{});
    loaded[0] = first;
    loaded[1] = last >> 1 >> (8 * (size - count) - 1);
  } else if (count >= 4) {
    auto [first, last] = ends(std::uint32_t{});
    loaded[0] = first | last << 8 * (count - 4);
  } else if (count >= 2) {
    auto [first, last] = ends(std::uint16_t{});
    loaded[0] = first | last << 8 * (count - 2);
  } else if (count == 1) {
    loaded[0] = static_cast<unsigned char>(*from);
  }
  return reinterpret_cast<bytes>(loaded);
}

/// The bytes of `text` from `at` on, at most sixteen; zeros behind its end.
inline bytes load_part(std::string_view text, std::size_t at) {
  return at + size <= text.size()
             ? load(text.data() + at)
             : load_short(text.data() + at, text.size() - at);
}

inline void store(char* to, bytes from) {
  std::memcpy(to, &from, size);
}

/// Copies a text to where there is room for sixteen bytes more; returns where
/// it ends. Cheap for a short one, whose copy would be a call.
inline char* copy_short(char* to, std::string_view text) {
  if (text.size() < size) {
    store(to, load_short(text.data(), text.size()));
  } else if (text.size() <= 2 * size) {
    store(to, load(text.data()));
    store(to + text.size() - size, load(text.data() + text.size() - size));
  } else {
    std::memcpy(to, text.data(), text.size());
  }
  return to + text.size();
}

inline bytes equal(bytes text, unsigned char c) {
  return reinterpret_cast<bytes>(text == c);
}

/// The bytes from `low` to `high`; not of all 256.
inline bytes between(bytes text, unsigned char low, unsigned char high) {
  using signed_bytes = signed char __attribute__((vector_size(size)));
  // Moved to where only they are above a bound: SSE2 compares signed bytes.
  const auto moved = text + static_cast<unsigned char>(0x7f - high);
  const auto bound = static_cast<signed char>(0x7e - (high - low));
  return reinterpret_cast<bytes>(reinterpret_cast<signed_bytes>(moved) > bound);
}

/// Capital ASCII letters small, the other bytes as they are.
inline bytes lower(bytes text) {
  return text | (between(text, 'A', 'Z') & 0x20);
}

/// One bit for each byte of a mask, the first byte's lowest. Of a text: which
/// bytes are not ASCII.
inline unsigned bits(bytes mask) {
#ifdef __SSE2__
  using signed_bytes = char __attribute__((vector_size(size)));
  return static_cast<unsigned>(
      __builtin_ia32_pmovmskb128(reinterpret_cast<signed_bytes>(mask)));
#else
  unsigned all = 0;
  for (std::size_t i = 0; i < size; ++i)
    all |= static_cast<unsigned>(mask[i] >> 7) << i;
  return all;
#endif
}

/// So many bytes are a group: one bit each fills a word.
constexpr std::size_t group_size = 64;

/// The bits of the group at `from` for which `marks` (address of a block to
/// mask) tells, the first byte's lowest.
template <class Marks>
std::uint64_t group_bits_at(const char* from, Marks marks) {
  std::uint64_t all = 0;
#pragma GCC unroll 4
  for (std::size_t i = 0; i < group_size; i += size)
    all |= std::uint64_t{bits(marks(from + i))} << i;
  return all;
}

/// The same where `marks` (bytes to mask) tells by the bytes alone.
template <class Marks>
std::uint64_t group_bits(const char* from, Marks marks) {
  return group_bits_at(from, [&](const char* at) { return marks(load(at)); });
}

inline bool is_ascii_group(const char* from) {
  return bits(load(from) | load(from + size) | load(from + 2 * size)
              | load(from + 3 * size))
         == 0;
}

/// Writes the group at `from` with capital ASCII letters small.
inline void lower_group(const char* from, char* to) {
#pragma GCC unroll 4
  for (std::size_t i = 0; i < group_size; i += size)
    store(to + i, lower(load(from + i)));
}

inline bool are_equal(bytes a, bytes b) {
  return bits(reinterpret_cast<bytes>(a == b)) == 0xFFFF;
}

inline bool are_zero(bytes all) {
  return are_equal(all, bytes{});
}

/// The position of the lowest bit; `found` must not be 0.
inline std::size_t first(unsigned found) {
  return static_cast<std::size_t>(__builtin_ctz(found));
}

/// The first position of `text` from `at` on whose byte `marks` (bytes to mask)
/// or `is_one` (byte to bool) tells; the text's size if there is none.
template <class Marks, class IsOne>
std::size_t find(std::string_view text, std::size_t at, Marks marks,
                 IsOne is_one) {
  for (; at + size <= text.size(); at += size)
    if (auto found = bits(marks(load(text.data() + at))))
      return at + first(found);
  if (text.size() >= size) {
    // The last block, less what was seen of it.
    auto begin = text.size() - size;
    auto found = bits(marks(load(text.data() + begin))) >> (at - begin);
    return found ? at + first(found) : text.size();
  }
  while (at < text.size() && !is_one(static_cast<unsigned char>(text[at])))
    ++at;
  return at;
}

/// The same for the last position before `end`; the text's size if there is
/// none.
template <class Marks, class IsOne>
std::size_t find_last(std::string_view text, std::size_t end, Marks marks,
                      IsOne is_one) {
  auto last_of = [](unsigned found) {
    return static_cast<std::size_t>(31 - __builtin_clz(found));
  };
  for (; end >= size; end -= size)
    if (auto found = bits(marks(load(text.data() + end - size))))
      return end - size + last_of(found);
  if (text.size() >= size) {
    // The first block, less what was seen of it.
    auto found = bits(marks(load(text.data()))) & ((1U << end) - 1);
    return found ? last_of(found) : text.size();
  }
  while (end > 0 && !is_one(static_cast<unsigned char>(text[end - 1])))
    --end;
  return end > 0 ? end - 1 : text.size();
}

/// Calls `take` for each position of `text` whose byte `marks` (bytes to mask)
/// tells, in order.
template <class Marks, class Take>
void for_each(std::string_view text, Marks marks, Take take) {
  auto take_bits = [&](std::size_t first, std::uint64_t found) {
    for (; found != 0; found &= found - 1)
      take(first + static_cast<std::size_t>(__builtin_ctzll(found)));
  };
  std::size_t at = 0;
  for (; at + group_size <= text.size(); at += group_size)
    take_bits(at, group_bits(text.data() + at, marks));
  char rest[group_size] = {};
  auto left = text.substr(at).copy(rest, group_size);
  if (left > 0)
    take_bits(at, group_bits(rest, marks)
                      & ~std::uint64_t{0} >> (group_size - left));
}

/// The first position from `at` on that is not ASCII, or the size.
inline std::size_t ascii_end(std::string_view text, std::size_t at) {
  while (at + group_size <= text.size() && is_ascii_group(text.data() + at))
    at += group_size;
  return find(
      text, at, [](bytes b) { return b; },
      [](unsigned char c) { return c >= 0x80; });
}

} // namespace jobfarm::block
