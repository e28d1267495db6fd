#include "actors/dedupe/lower_words.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace jobfarm::dedupe {

namespace {

bool is_word_point(utf8proc_int32_t point) {
  switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return true;
    default: return false;
  }
}

/// Moves one code point beyond ASCII from `text` to `to`, a blank for one that
/// is part of no word; returns the end of what was written.
char* move_point(std::string_view& text, char* to) {
  utf8proc_int32_t point = 0;
  auto size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &point);
  text.remove_prefix(size > 0 ? static_cast<std::size_t>(size) : 1);
  if (size <= 0 || !is_word_point(point)) {
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

} // namespace

lower_words::lower_words(std::string_view text)
    // A code point grows by one byte at most when it is made lower case, and
    // is no ASCII then.
    : text_(new char[text.size() + text.size() / 2 + 2 * block::group_size]) {
  auto* to = text_.get();
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
  size_ = static_cast<std::size_t>(to - text_.get());
  std::fill_n(to, block::group_size, ' ');
}

/// One bit for each byte of a group: whether it is part of a word.
std::uint64_t lower_words::word_bits(std::size_t at) const {
  return block::group_bits(text_.get() + at, [](block::bytes text) {
    return text | block::between(text, 'a', 'z')
           | block::between(text, '0', '9') | block::equal(text, '_');
  });
}

} // namespace jobfarm::dedupe
