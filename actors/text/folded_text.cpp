#include "actors/text/folded_text.hpp"

#include "actors/text/eight_bytes.hpp"
#include "actors/text/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace jobfarm::text {

namespace {

bool is_ascii_word(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
         || (c >= 'A' && c <= 'Z');
}

/// Lead bytes of two-byte sequences from U+0100 on, and of Latin-1's letters:
/// Latin, Greek, Cyrillic, Hebrew, Arabic.
bool is_alphabet_lead(unsigned char c) {
  return c >= 0xC3 && c < first_wide_lead;
}

bool is_continuation(unsigned char c) {
  return c >= 0x80 && c < 0xC0;
}

/// 0xFF for the bytes that go on with a word of an alphabetic script.
constexpr std::array<std::uint8_t, 256> goes_on = [] {
  std::array<std::uint8_t, 256> all{};
  for (unsigned c = 0; c < all.size(); ++c)
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
        || (c >= 0x80 && c < first_wide_lead))
      all[c] = 0xFF;
  return all;
}();

/// The key of a word by the four bytes from its begin on.
std::uint32_t key_of(std::uint32_t bytes) {
  auto byte = [&](unsigned i) { return bytes >> 8 * i & 0xFFU; };
  if (byte(0) >= first_wide_lead)
    return bytes & 0xFFFFFFU;
  // All bits of a byte while the word goes on, without a branch.
  std::uint32_t second = goes_on[byte(1)];
  std::uint32_t third = goes_on[byte(2)] & second;
  std::uint32_t fourth = goes_on[byte(3)] & third;
  return bytes & (0xFFU | second << 8 | third << 16 | fourth << 24);
}

bool may_begin(std::string_view text, std::size_t at) {
  auto c = static_cast<unsigned char>(text[at]);
  return c > ' ' && !is_continuation(c)
         && !(is_word_at(text, at) && is_word_before(text, at));
}

} // namespace

bool is_word_before(std::string_view text, std::size_t at) {
  if (at == 0)
    return false;
  auto c = static_cast<unsigned char>(text[at - 1]);
  if (c < 0x80)
    return is_ascii_word(c);
  return at > 1 && is_alphabet_lead(static_cast<unsigned char>(text[at - 2]));
}

bool is_word_at(std::string_view text, std::size_t at) {
  if (at >= text.size())
    return false;
  auto c = static_cast<unsigned char>(text[at]);
  return c < 0x80 ? is_ascii_word(c) : is_alphabet_lead(c);
}

std::uint32_t phrase_key(std::string_view text, std::size_t at) {
  std::uint32_t bytes = 0;
  if (at + sizeof bytes <= text.size())
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
  else
    std::memcpy(&bytes, text.data() + at, text.size() - at);
  return key_of(bytes);
}

folded_text::folded_text(std::string_view original) : original_(original) {
  folded_.reserve(original.size());
  for (std::size_t at = 0; at < original.size();) {
    auto end = eight::ascii_end(original, at);
    fold_ascii_run(at, end);
    at = end;
    if (at == original.size())
      break;
    utf8proc_int32_t point = 0;
    auto length = utf8proc_iterate(
        reinterpret_cast<const utf8proc_uint8_t*>(original.data() + at),
        static_cast<utf8proc_ssize_t>(original.size() - at), &point);
    auto size = length > 0 ? static_cast<std::size_t>(length) : 1;
    auto before = folded_.size();
    fold_point(folded_, length > 0 ? static_cast<char32_t>(point) : 0xFFFD);
    at += size;
    if (folded_.size() - before != size)
      shifts_.push_back({folded_.size(), at});
  }
  find_begins();
}

folded_text folded_text::of_folded(std::string_view folded) {
  folded_text made;
  made.original_ = folded;
  made.folded_ = folded;
  made.find_begins();
  return made;
}

void folded_text::fold_ascii_run(std::size_t begin, std::size_t end) {
  auto at = folded_.size();
  folded_.append(original_, begin, end - begin);
  for (; at + eight::size <= folded_.size(); at += eight::size) {
    auto lower = eight::lower(eight::load(folded_.data() + at));
    std::memcpy(folded_.data() + at, &lower, eight::size);
  }
  for (; at < folded_.size(); ++at)
    if (auto& c = folded_[at]; c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
}

void folded_text::find_begins() {
  std::string_view text = folded_;
  begins_.reserve(text.size() / 4);
  auto is_in_word = false;
  for (std::size_t at = 0; at < text.size(); at += eight::size) {
    auto size = std::min(text.size() - at, eight::size);
    unsigned found = 0;
    auto bytes = size == eight::size ? eight::load(text.data() + at) : ~0ULL;
    if (eight::is_ascii(bytes)) {
      auto words = eight::bits(eight::words(bytes));
      auto blanks = eight::bits(eight::between(bytes, 0, ' '));
      found = ~(blanks | (words & (words << 1 | unsigned{is_in_word}))) & 0xFFU;
      is_in_word = words >> 7 != 0;
    } else {
      for (std::size_t i = 0; i < size; ++i)
        found |= unsigned{may_begin(text, at + i)} << i;
      is_in_word = is_word_before(text, at + size);
    }
    for (; found != 0; found &= found - 1) {
      auto begin = at + static_cast<std::size_t>(__builtin_ctz(found));
      begins_.push_back(
          {static_cast<std::uint32_t>(begin), phrase_key(text, begin)});
    }
  }
}

std::vector<phrase_begin>::const_iterator
folded_text::begin_from(std::size_t at) const {
  if (at == 0)
    return begins_.begin();
  return std::lower_bound(begins_.begin(), begins_.end(), at,
                          [](const phrase_begin& one, std::size_t wanted) {
                            return one.at < wanted;
                          });
}

std::size_t folded_text::to_original(std::size_t at) const {
  auto next = std::upper_bound(
      shifts_.begin(), shifts_.end(), at,
      [](std::size_t wanted, const shift& one) { return wanted < one.folded; });
  if (next == shifts_.begin())
    return std::min(at, original_.size());
  const auto& last = *(next - 1);
  auto end = next == shifts_.end() ? original_.size() : next->original;
  return std::min(last.original + (at - last.folded), end);
}

std::size_t folded_text::to_folded(std::size_t at) const {
  auto next = std::upper_bound(shifts_.begin(), shifts_.end(), at,
                               [](std::size_t wanted, const shift& one) {
                                 return wanted < one.original;
                               });
  if (next == shifts_.begin())
    return std::min(at, folded_.size());
  const auto& last = *(next - 1);
  auto end = next == shifts_.end() ? folded_.size() : next->folded;
  return std::min(last.folded + (at - last.original), end);
}

std::string_view folded_text::original_between(std::size_t begin,
                                               std::size_t end) const {
  auto from = to_original(begin);
  auto to = std::max(from, to_original(end));
  return original_.substr(from, to - from);
}

} // namespace jobfarm::text
