#include "actors/text/folded_text.hpp"

#include "actors/text/phrase_scanner.hpp"
#include "actors/text/utf8.hpp"
#include "messages/byte_block.hpp"

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

constexpr unsigned char first_alphabet_lead = 0xC3;

/// Lead bytes of two-byte sequences from U+0100 on, and of Latin-1's letters:
/// Latin, Greek, Cyrillic, Hebrew, Arabic.
bool is_alphabet_lead(unsigned char c) {
  return c >= first_alphabet_lead && c < first_wide_lead;
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
        begins_(text.size() / block::size + 4),
        words_(begins_.size()) {
    std::size_t at = 0;
    for (; at + block::size <= text.size(); at += block::size)
      read_block(at, block::load(text.data() + at));
    read_one_by_one(at, text.size() - at);
  }

  template <class Take>
  void for_each_begin(Take take) const {
    for (std::size_t i = 0; i + 4 <= begins_.size(); i += 4)
      for (auto bits = load<std::uint64_t>(&begins_[i]); bits != 0;
           bits &= bits - 1)
        take(i * block::size + static_cast<std::size_t>(__builtin_ctzll(bits)));
  }

  /// `phrase_key` of a position where a phrase may begin.
  std::uint32_t key_at(std::size_t at) const {
    if (at + sizeof(std::uint32_t) > text_.size())
      return phrase_key(text_, at);
    auto bytes = load<std::uint32_t>(text_.data() + at);
    if (static_cast<unsigned char>(text_[at]) >= first_wide_lead)
      return bytes & 0xFFFFFFU;
    // By which of the next three bytes go on, the bytes of the key.
    constexpr std::array<std::uint32_t, 8> masks = {
        0xFF, 0xFFFF, 0xFF, 0xFFFFFF, 0xFF, 0xFFFF, 0xFF, 0xFFFFFFFF};
    auto next = at + 1;
    auto bits =
        load<std::uint32_t>(&words_[next / block::size]) >> next % block::size;
    return bytes & masks[bits % masks.size()];
  }

private:
  using bits16 = std::uint16_t;
  static_assert(8 * sizeof(bits16) == block::size);
  static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

  template <class T, class From>
  static T load(const From* from) {
    T loaded = 0;
    std::memcpy(&loaded, from, sizeof loaded);
    return loaded;
  }

  /// What `may_begin` and `goes_on` say, for all bytes of a block at once.
  void read_block(std::size_t at, block::bytes bytes) {
    auto small = block::bits(block::between(bytes, 'a', 'z')
                             | block::between(bytes, '0', '9'));
    auto seen = block::bits(block::between(bytes, ' ' + 1, 0xFF));
    auto words = small;
    auto ends_word = small;
    auto goes = small;
    unsigned leads = 0;
    if (block::bits(bytes) != 0) {
      leads = block::bits(
          block::between(bytes, first_alphabet_lead, first_wide_lead - 1));
      auto tails = block::bits(block::between(bytes, 0x80, 0xBF));
      seen &= ~tails;
      words |= leads;
      ends_word |= tails & (leads << 1 | is_behind_lead_);
      goes |= block::bits(block::between(bytes, 0x80, first_wide_lead - 1));
    }
    auto inside = words & (ends_word << 1 | is_behind_word_);
    begins_[at / block::size] = static_cast<bits16>(seen & ~inside);
    words_[at / block::size] = static_cast<bits16>(goes);
    is_behind_word_ = ends_word >> (block::size - 1);
    is_behind_lead_ = leads >> (block::size - 1);
  }

  void read_one_by_one(std::size_t at, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      auto begins = unsigned{may_begin(text_, at + i)} << i;
      auto goes = unsigned{goes_on(static_cast<unsigned char>(text_[at + i]))}
                  << i;
      begins_[at / block::size] |= static_cast<bits16>(begins);
      words_[at / block::size] |= static_cast<bits16>(goes);
    }
  }

  std::string_view text_;
  unsigned is_behind_word_ = 0;
  unsigned is_behind_lead_ = 0;
  /// Padded, so that several of them can be read at once.
  std::vector<bits16> begins_;
  std::vector<bits16> words_;
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
    auto end = block::ascii_end(original, at);
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
  for (; at + block::size <= folded_.size(); at += block::size) {
    auto bytes = block::load(folded_.data() + at);
    auto is_capital = block::between(bytes, 'A', 'Z');
    block::store(folded_.data() + at, bytes | (is_capital & 0x20));
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
  // Most begins are nobody's. Which are cannot be foretold, so no branch: each
  // is written, and stays if the count goes on.
  std::vector<phrase_begin> kept(begins_.size());
  std::size_t count = 0;
  for (const auto& begin : begins_) {
    kept[count] = begin;
    count += sieve.whose(begin.key) != 0 ? 1 : 0;
  }
  for (std::size_t i = 0; i < sifted_.size(); ++i) {
    auto& own = sifted_[i].second;
    own.resize(count);
    std::size_t own_count = 0;
    for (std::size_t k = 0; k < count; ++k) {
      own[own_count] = kept[k];
      own_count += sieve.whose(kept[k].key) >> i & 1U;
    }
    own.resize(own_count);
  }
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
