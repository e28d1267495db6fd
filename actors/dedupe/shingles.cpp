#include "actors/dedupe/shingles.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>

// Words are short: the call would cost as much as the hash.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace jobfarm::dedupe {

namespace {

/// For each ASCII byte its lower-case form if it is part of a word, else 0.
constexpr std::array<char, 128> word_bytes() {
  std::array<char, 128> table{};
  for (int c = '0'; c <= '9'; ++c)
    table[static_cast<std::size_t>(c)] = static_cast<char>(c);
  for (int c = 'a'; c <= 'z'; ++c) {
    table[static_cast<std::size_t>(c)] = static_cast<char>(c);
    table[static_cast<std::size_t>(c - 32)] = static_cast<char>(c);
  }
  table['_'] = '_';
  return table;
}

constexpr auto word_byte = word_bytes();

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

/// Collects the lower-cased word that is being read and hashes it at its end.
class word_reader {
public:
  explicit word_reader(std::string_view text) : text_(text) {
  }

  std::vector<std::uint64_t> read() {
    std::vector<std::uint64_t> hashes;
    hashes.reserve(text_.size() / 6 + 1);
    // A code point grows by one byte at most when it is made lower case.
    word_.resize(2 * text_.size() + 4);
    for (std::size_t at = 0; at < text_.size();) {
      auto byte = static_cast<unsigned char>(text_[at]);
      if (byte < 0x80) {
        ++at;
        word_[size_] = word_byte[byte];
        if (word_[size_] != 0) {
          ++size_;
          continue;
        }
      } else if (take(at)) {
        continue;
      }
      end_word(hashes);
    }
    end_word(hashes);
    return hashes;
  }

private:
  void end_word(std::vector<std::uint64_t>& hashes) {
    if (size_ > 0)
      hashes.push_back(XXH3_64bits(word_.data(), size_));
    size_ = 0;
  }

  /// Reads one code point beyond ASCII; false if it is part of no word.
  bool take(std::size_t& at) {
    utf8proc_int32_t point = 0;
    auto size = utf8proc_iterate(
        reinterpret_cast<const utf8proc_uint8_t*>(text_.data()) + at,
        static_cast<utf8proc_ssize_t>(text_.size() - at), &point);
    at += size > 0 ? static_cast<std::size_t>(size) : 1;
    if (size <= 0 || !is_word_point(point))
      return false;
    std::array<utf8proc_uint8_t, 4> bytes{};
    auto length = utf8proc_encode_char(utf8proc_tolower(point), bytes.data());
    std::copy_n(reinterpret_cast<const char*>(bytes.data()), length,
                word_.begin() + static_cast<long>(size_));
    size_ += static_cast<std::size_t>(length);
    return true;
  }

  std::string_view text_;
  std::vector<char> word_;
  std::size_t size_ = 0;
};

/// Sorts hashes in about linear time: they are spread evenly, so that their
/// first bits put each near its place.
void sort_hashes(std::vector<std::uint64_t>& all) {
  constexpr std::size_t few = 64;
  if (all.size() < few) {
    std::sort(all.begin(), all.end());
    return;
  }
  auto bits = 1;
  while (std::size_t{4} << bits < all.size())
    ++bits;
  auto shift = 64 - bits;
  std::vector<std::uint32_t> ends((std::size_t{1} << bits) + 1);
  for (auto hash : all)
    ++ends[(hash >> shift) + 1];
  for (std::size_t i = 1; i < ends.size(); ++i)
    ends[i] += ends[i - 1];
  std::vector<std::uint64_t> sorted(all.size());
  for (auto hash : all)
    sorted[ends[hash >> shift]++] = hash;
  std::uint32_t begin = 0;
  for (auto end : ends) {
    std::sort(sorted.begin() + begin, sorted.begin() + end);
    begin = end;
  }
  all.swap(sorted);
}

} // namespace

shingle_set shingles_of(std::string_view text) {
  auto words = word_reader(text).read();
  shingle_set all;
  if (words.size() < 3)
    return all;
  all.reserve(words.size() - 2);
  for (std::size_t i = 0; i + 2 < words.size(); ++i)
    all.push_back(XXH3_64bits(&words[i], 3 * sizeof words[i]));
  sort_hashes(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

overlap overlap_of(const shingle_set& a, const shingle_set& b) {
  if (a.empty() || b.empty())
    return {a.empty() && b.empty() ? 1.0 : 0.0, 0.0};
  std::size_t both = 0;
  auto at_a = a.begin();
  auto at_b = b.begin();
  while (at_a != a.end() && at_b != b.end()) {
    auto x = *at_a;
    auto y = *at_b;
    both += x == y;
    at_a += x <= y;
    at_b += y <= x;
  }
  auto shared = static_cast<double>(both);
  return {shared / static_cast<double>(a.size() + b.size() - both),
          shared / static_cast<double>(std::min(a.size(), b.size()))};
}

} // namespace jobfarm::dedupe
