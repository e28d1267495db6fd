#include "actors/dedupe/lower_words.hpp"

#include "actors/text/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstring>

namespace jobfarm::dedupe {

namespace {

/// Moves one code point beyond ASCII from `text` to `to`, a blank for one that
/// is part of no word; returns the end of what was written.
char* move_point(std::string_view& text, char* to) {
  utf8proc_int32_t point = 0;
  auto size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &point);
  text.remove_prefix(size > 0 ? static_cast<std::size_t>(size) : 1);
  if (size <= 0 || !text::is_letter_or_number(static_cast<char32_t>(point))) {
    *to = ' ';
    return to + 1;
  }
  return to
         + utf8proc_encode_char(utf8proc_tolower(point),
                                reinterpret_cast<utf8proc_uint8_t*>(to));
}

/// Writes the group of bytes at `from` in lower case; false if it is not ASCII.
bool put_ascii_group(const char* from, char* to) {
  block::bytes all{};
#pragma GCC unroll 4
  for (std::size_t i = 0; i < block::group_size; i += block::size) {
    auto bytes = block::load(from + i);
    block::store(to + i, block::lower(bytes));
    all |= bytes;
  }
  return block::bits(all) == 0;
}

/// One bit for each byte of a group: whether it is part of a word.
std::uint64_t word_bits(const char* group, block::bytes wide) {
  return block::group_bits(group, [&](block::bytes text) {
    return (text & wide) | block::between(text, 'a', 'z')
           | block::between(text, '0', '9') | block::equal(text, '_');
  });
}

using edges = std::uint16_t __attribute__((vector_size(16)));

/// The positions of the bits of each byte, and how many there are.
struct bit_positions {
  alignas(edges) std::uint16_t all[256][8] = {};
  std::uint8_t count[256] = {};

  constexpr bit_positions() {
    for (unsigned byte = 0; byte < 256; ++byte)
      for (std::uint16_t bit = 0; bit < 8; ++bit)
        if ((byte >> bit & 1) != 0)
          all[byte][count[byte]++] = bit;
  }
};

constexpr bit_positions positions;

/// Writes the positions of bits, the lowest of which is `first` in all lanes,
/// with room for eight more; returns the end of what was written, and moves
/// `first` behind them. Without a branch: how many there are cannot be
/// foretold.
std::uint16_t* put_positions(std::uint64_t bits, edges& first,
                             std::uint16_t* to) {
#pragma GCC unroll 8
  for (int i = 0; i < 8; ++i, bits >>= 8) {
    const auto byte = bits & 0xff;
    edges each;
    std::memcpy(&each, positions.all[byte], sizeof each);
    each += first;
    std::memcpy(to, &each, sizeof each);
    to += positions.count[byte];
    first += 8;
  }
  return to;
}

} // namespace

void lower_words::take(const text::folded_text& text) {
  if (!text.keeps_words())
    return take(text.original());
  text_ = text.folded().data();
  size_ = text.folded().size();
  wide_ = block::bytes{};
}

void lower_words::take(std::string_view text) {
  // A code point grows by one byte at most when it is made lower case, and is
  // no ASCII then.
  auto* to = room_.of(text.size() + text.size() / 2 + 2 * block::group_size);
  text_ = to;
  wide_ = block::bytes{} + 0x80;
  while (!text.empty()) {
    if (text.size() >= block::group_size && put_ascii_group(text.data(), to)) {
      to += block::group_size;
      text.remove_prefix(block::group_size);
      continue;
    }
    const auto bytes = block::load_part(text, 0);
    const auto most = std::min(text.size(), block::size);
    block::store(to, block::lower(bytes));
    auto beyond = block::bits(bytes);
    auto plain = beyond == 0 ? most : block::first(beyond);
    to += plain;
    text.remove_prefix(plain);
    if (plain < most)
      to = move_point(text, to);
  }
  size_ = static_cast<std::size_t>(to - text_);
  std::fill_n(to, block::group_size, ' ');
}

/// `is_inside` tells whether a word has begun before the piece. Returns the end
/// of the edges.
const lower_words::offset*
lower_words::find_edges(const char* piece, std::size_t size, bool is_inside) {
  auto* to = edges_.data();
  std::uint64_t before = is_inside;
  edges first{};
  const auto wide = wide_;
  for (std::size_t at = 0; at < size; at += block::group_size) {
    const auto words = word_bits(piece + at, wide);
    to = put_positions(words ^ (words << 1 | before), first, to);
    before = words >> 63;
  }
  return to;
}

} // namespace jobfarm::dedupe
