#include "actors/text/folded_text.hpp"

#include "actors/text/eight_bytes.hpp"
#include "actors/text/phrase_scanner.hpp"
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

/// True for the bytes that go on with a word of an alphabetic script.
bool goes_on(unsigned char c) {
  return is_ascii_word(c) || (c >= 0x80 && c < first_wide_lead);
}

bool may_begin(std::string_view text, std::size_t at) {
  auto c = static_cast<unsigned char>(text[at]);
  return c > ' ' && !is_continuation(c)
         && !(is_word_at(text, at) && is_word_before(text, at));
}

/// A bit for each byte of a text: whether a phrase may begin there, and whether
/// the byte goes on with a word.
class word_map {
public:
  explicit word_map(std::string_view text)
      : text_(text),
        begins_(text.size() / eight::size + eight::size),
        words_(begins_.size()) {
    unsigned is_in_word = 0;
    std::size_t at = 0;
    for (; at + eight::size <= text.size(); at += eight::size) {
      auto bytes = eight::load(text.data() + at);
      if (!eight::is_ascii(bytes)) {
        read_one_by_one(at, eight::size);
        is_in_word = is_word_before(text, at + eight::size) ? 1 : 0;
        continue;
      }
      auto words = eight::bits(eight::words(bytes));
      auto seen = eight::bits(eight::seen(bytes));
      auto inside = words & (words << 1 | is_in_word);
      begins_[at / eight::size] = static_cast<std::uint8_t>(seen & ~inside);
      words_[at / eight::size] = static_cast<std::uint8_t>(words);
      is_in_word = words >> (eight::size - 1);
    }
    read_one_by_one(at, text.size() - at);
  }

  template <class Take>
  void for_each_begin(Take take) const {
    auto whole = begins_.size() / eight::size * eight::size;
    for (std::size_t block = 0; block < whole; block += eight::size)
      for (auto bits = load(begins_, block); bits != 0; bits &= bits - 1)
        take(block * 8 + static_cast<std::size_t>(__builtin_ctzll(bits)));
  }

  /// `phrase_key` of a position where a phrase may begin.
  std::uint32_t key_at(std::size_t at) const {
    constexpr std::size_t size = sizeof(std::uint32_t);
    if (at + size > text_.size())
      return phrase_key(text_, at);
    std::uint32_t bytes = 0;
    std::memcpy(&bytes, text_.data() + at, size);
    if (static_cast<unsigned char>(text_[at]) >= first_wide_lead)
      return bytes & 0xFFFFFFU;
    // By which of the next three bytes go on, the bytes of the key.
    constexpr std::array<std::uint32_t, 8> masks = {
        0xFF, 0xFFFF, 0xFF, 0xFFFFFF, 0xFF, 0xFFFF, 0xFF, 0xFFFFFFFF};
    auto next = at + 1;
    auto bits = load(words_, next / 8) >> next % 8;
    return bytes & masks[bits % masks.size()];
  }

private:
  static std::uint64_t load(const std::vector<std::uint8_t>& bits,
                            std::size_t at) {
    return eight::load(reinterpret_cast<const char*>(bits.data() + at));
  }

  void read_one_by_one(std::size_t at, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      auto begins = unsigned{may_begin(text_, at + i)} << i;
      auto goes = unsigned{goes_on(static_cast<unsigned char>(text_[at + i]))}
                  << i;
      begins_[at / eight::size] |= static_cast<std::uint8_t>(begins);
      words_[at / eight::size] |= static_cast<std::uint8_t>(goes);
    }
  }

  std::string_view text_;
  std::vector<std::uint8_t> begins_;
  std::vector<std::uint8_t> words_;
};

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
  constexpr std::size_t most = sizeof(std::uint32_t);
  auto near = text.substr(at, most);
  auto is_wide = static_cast<unsigned char>(near[0]) >= first_wide_lead;
  std::uint32_t key = 0;
  for (std::size_t i = 0; i < near.size() && i < (is_wide ? 3 : most); ++i) {
    auto c = static_cast<unsigned char>(near[i]);
    if (i > 0 && !is_wide && !goes_on(c))
      break;
    key |= std::uint32_t{c} << 8 * i;
  }
  return key;
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
  const word_map map(text);
  begins_.reserve(text.size() / 4);
  map.for_each_begin([&](std::size_t at) {
    begins_.push_back({static_cast<std::uint32_t>(at), map.key_at(at)});
  });
}

void folded_text::sift(const phrase_sieve& sieve) {
  sifted_.clear();
  for (const auto* scanner : sieve.scanners())
    sifted_.emplace_back(scanner, std::vector<phrase_begin>{});
  // Most begins are nobody's; which are cannot be foretold, so no branch.
  std::vector<phrase_begin> kept(begins_.size());
  std::size_t count = 0;
  for (const auto& begin : begins_) {
    kept[count] = begin;
    count += sieve.whose(begin.key) != 0 ? 1 : 0;
  }
  kept.resize(count);
  for (std::size_t i = 0; i < sifted_.size(); ++i)
    for (const auto& begin : kept)
      if ((sieve.whose(begin.key) >> i & 1U) != 0)
        sifted_[i].second.push_back(begin);
}

folded_text::begin_range folded_text::begins_for(const phrase_scanner& scanner,
                                                 std::size_t at) const {
  const auto* own = &begins_;
  for (const auto& [sifted_for, begins] : sifted_)
    if (sifted_for == &scanner)
      own = &begins;
  auto first =
      at == 0
          ? own->begin()
          : std::lower_bound(own->begin(), own->end(), at,
                             [](const phrase_begin& one, std::size_t wanted) {
                               return one.at < wanted;
                             });
  return {first, own->end()};
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
