#include "actors/text/phrase_begins.hpp"

#include "actors/text/ascii.hpp"
#include "messages/byte_block.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::text {

namespace {

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

bool is_continuation(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 && byte < 0xC0;
}

/// True for the bytes that go on with a head: those of a word or a character,
/// and of the word behind an ASCII mark.
bool goes_on(std::string_view text, std::size_t at) {
  return is_continuation(text[at])
         || (is_word_at(text, at)
             && (is_word_before(text, at) || is_ascii(text[at - 1])));
}

block::bytes digits_in(block::bytes text) {
  return block::between(text, '0', '9');
}

static_assert(phrase_begins::group_bytes == block::group_size);

} // namespace

std::uint64_t last_bytes(std::string_view text, std::size_t at) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text.data() + at, text.size() - at);
  return bytes;
}

std::size_t head_size(std::string_view text, std::size_t at) {
  auto most = std::min(text.size(), at + max_head_bytes);
  auto end = at + 1;
  while (end < most && goes_on(text, end))
    ++end;
  return end - at;
}

std::uint64_t phrase_head(std::string_view text, std::size_t at) {
  return first_bytes(text.substr(at, head_size(text, at)), 0);
}

phrase_begins::phrase_begins(std::string_view text) {
  begins_reader reader(text.size());
  for (; text.size() >= group_bytes; text.remove_prefix(group_bytes))
    reader.read(text.data());
  *this = reader.finish(text);
}

std::size_t phrase_begins::next_with_digit(std::size_t i) const {
  auto behind = all_bits << i % 64;
  for (auto word = i / 64; word < has_digit_.size(); ++word) {
    if (auto found = has_digit_[word] & behind; found != 0)
      return 64 * word + static_cast<unsigned>(__builtin_ctzll(found));
    behind = all_bits;
  }
  return std::max(i, most_noted);
}

std::size_t phrase_begins::next_digit(std::string_view text,
                                      std::size_t at) const {
  while (at < text.size()) {
    auto i = next_with_digit(at / group_bytes);
    at = std::max(at, i * group_bytes);
    if (at >= text.size())
      break;
    auto end = std::min((i + 1) * group_bytes, text.size());
    at = block::find(text.substr(0, end), at, digits_in, [](unsigned char c) {
      return is_digit(static_cast<char>(c));
    });
    if (at < end)
      return at;
  }
  return text.npos;
}

begins_reader::begins_reader(std::size_t size) {
  made_.groups_.reserve(size / block::group_size + 2);
}

inline void begins_reader::add(const marks& of) {
  constexpr auto last = block::group_size - 1;
  auto words = of.words | of.leads;
  auto word_ends = of.words | (of.tails & (of.leads << 1 | is_behind_lead_));
  auto inside = words & (word_ends << 1 | is_behind_word_);
  auto is_cut = words & ~inside & (of.wide << 1 | is_behind_wide_);
  is_behind_word_ = word_ends >> last;
  is_behind_lead_ = of.leads >> last;
  is_behind_wide_ = of.wide >> last;
  if (auto i = made_.groups_.size(); i < phrase_begins::most_noted)
    made_.has_digit_[i / 64] |= std::uint64_t{of.has_digit} << i % 64;
  // Each written where it stands: a copy of both would wait for them.
  auto& made = made_.groups_.emplace_back();
  made.begins = ~(of.blanks | of.tails | inside);
  made.goes_on = of.tails | (words & ~is_cut);
}

void begins_reader::read(const char* from) {
  marks of;
  auto digits = block::group_bits(from, digits_in);
  of.words = digits | block::group_bits(from, [](block::bytes bytes) {
               return block::between(bytes, 'a', 'z');
             });
  of.has_digit = digits != 0;
  of.blanks = block::group_bits(
      from, [](block::bytes bytes) { return block::between(bytes, 0, ' '); });
  if (!block::is_ascii_group(from)) {
    of.wide = block::group_bits(from, [](block::bytes bytes) { return bytes; });
    of.leads = block::group_bits(from, [](block::bytes bytes) {
      return block::between(bytes, first_alphabet_lead, first_wide_lead - 1);
    });
    of.tails = block::group_bits(from, [](block::bytes bytes) {
      return block::between(bytes, 0x80, 0xBF);
    });
  }
  add(of);
}

std::size_t begins_reader::fold(std::string_view text, char* to) {
  std::size_t at = 0;
  for (; at + block::group_size <= text.size(); at += block::group_size) {
    const auto* from = text.data() + at;
    if (!block::is_ascii_group(from))
      break;
    marks of;
    block::bytes some_digit{};
#pragma GCC unroll 4
    for (std::size_t i = 0; i < block::group_size; i += block::size) {
      auto bytes = block::load(from + i);
      auto letters = block::between(bytes | 0x20, 'a', 'z');
      auto digits = digits_in(bytes);
      some_digit |= digits;
      auto blank = block::between(bytes, 0, ' ');
      block::store(to + at + i, bytes | (letters & 0x20));
      of.words |= std::uint64_t{block::bits(letters | digits)} << i;
      of.blanks |= std::uint64_t{block::bits(blank)} << i;
    }
    of.has_digit = block::bits(some_digit) != 0;
    add(of);
  }
  return at;
}

phrase_begins begins_reader::finish(std::string_view rest) {
  std::array<char, block::group_size> last{};
  rest.copy(last.data(), last.size());
  read(last.data());
  made_.groups_.emplace_back();
  return std::move(made_);
}

} // namespace jobfarm::text
