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

/// Capital ASCII letters become small ones.
block::bytes lower(block::bytes text) {
  return text | (block::between(text, 'A', 'Z') & 0x20);
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

} // namespace

lower_words::lower_words(std::string_view text)
    // A code point grows by one byte at most when it is made lower case, and
    // is no ASCII then.
    : text_(new char[text.size() + text.size() / 2 + window + block::size]) {
  auto* to = text_.get();
  while (!text.empty()) {
    char rest[block::size] = {};
    auto most = std::min(text.size(), block::size);
    if (most < block::size)
      std::copy(text.begin(), text.end(), rest);
    auto bytes = block::load(most < block::size ? rest : text.data());
    block::store(to, lower(bytes));
    auto beyond = block::bits(bytes);
    auto plain = beyond == 0 ? most : block::first(beyond);
    to += plain;
    text.remove_prefix(plain);
    if (plain < most)
      to = move_point(text, to);
  }
  size_ = static_cast<std::size_t>(to - text_.get());
  std::fill_n(to, window, ' ');
}

/// One bit for each of `window` bytes: whether it is part of a word.
std::uint64_t lower_words::word_bits(std::size_t at) const {
  std::uint64_t all = 0;
  for (std::size_t i = 0; i < window; i += block::size) {
    auto bytes = block::load(text_.get() + at + i);
    auto is_word = bytes | block::between(bytes, 'a', 'z')
                   | block::between(bytes, '0', '9') | block::equal(bytes, '_');
    all |= std::uint64_t{block::bits(is_word)} << i;
  }
  return all;
}

} // namespace jobfarm::dedupe
