#include "actors/dedupe/shingles.hpp"

#include "actors/dedupe/lower_words.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstring>

// Words are short: the call would cost as much as the hash.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace jobfarm::dedupe {

namespace {

__extension__ using wide = unsigned __int128;

/// A word of one block, without what stands behind it there.
std::uint64_t hash_short(block::bytes word, std::size_t bytes) {
  static constexpr auto mask = [] {
    std::array<unsigned char, 2 * block::size> made{};
    for (std::size_t i = 0; i < block::size; ++i)
      made[i] = 0xff;
    return made;
  }();
  std::uint64_t alone[2];
  block::store(reinterpret_cast<char*>(alone),
               word
                   & block::load(reinterpret_cast<const char*>(
                       mask.data() + block::size - bytes)));
  // The halves of a product (wyhash: Wang Yi 2019); the factors are odd digits
  // of pi and of the golden ratio.
  const auto product = static_cast<wide>(alone[0] ^ 0x243f6a8885a308d3)
                       * (alone[1] ^ 0x9e3779b97f4a7c15);
  return static_cast<std::uint64_t>(product)
         ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t turned(std::uint64_t hash, int bits) {
  return hash << bits | hash >> (64 - bits);
}

/// Hashes that are spread evenly, at most as many as it is made for.
class hash_table {
public:
  explicit hash_table(std::size_t most) {
    while (std::size_t{1} << bits_ < 2 * most)
      ++bits_;
    slots_.resize(std::size_t{1} << bits_);
  }

  /// False if it is there already. 0, which is not told from a free slot, is.
  bool insert(std::uint64_t hash) {
    auto& slot = slots_[find(hash)];
    if (slot == hash)
      return false;
    slot = hash;
    return true;
  }

  bool contains(std::uint64_t hash) const {
    return slots_[find(hash)] == hash;
  }

private:
  /// Where a hash is, or would be.
  std::size_t find(std::uint64_t hash) const {
    auto at = hash >> (64 - bits_);
    while (slots_[at] != 0 && slots_[at] != hash)
      at = (at + 1) & (slots_.size() - 1);
    return at;
  }

  int bits_ = 1;
  std::vector<std::uint64_t> slots_;
};

/// The first of equal shingles, which are moved to the front. A table of where
/// each is, by numbers from 1, has room for eight times as many: most places
/// are free.
template <class Number>
shingle_set without_repeats(std::uint64_t* all, std::size_t count) {
  int bits = 3;
  while (std::size_t{1} << bits < 8 * count)
    ++bits;
  std::vector<Number> kept_at(std::size_t{1} << bits);
  auto* end = all;
  for (std::size_t i = 0; i < count; ++i) {
    const auto shingle = all[i];
    auto at = shingle >> (64 - bits);
    while (kept_at[at] != 0 && all[kept_at[at] - 1u] != shingle)
      at = (at + 1) & (kept_at.size() - 1);
    if (kept_at[at] != 0)
      continue;
    *end++ = shingle;
    kept_at[at] = static_cast<Number>(end - all);
  }
  return {all, end};
}

shingle_set without_repeats(std::uint64_t* all, std::size_t count) {
  // The half of the table for most texts.
  return count < 0xffff ? without_repeats<std::uint16_t>(all, count)
                        : without_repeats<std::uint32_t>(all, count);
}

/// Of letters and digits alone: `_` is taken out.
std::uint64_t hash_letters(char* begin, char* end) {
  auto size = static_cast<std::size_t>(end - begin);
  if (std::memchr(begin, '_', size))
    size = static_cast<std::size_t>(std::remove(begin, end, '_') - begin);
  return size == 0 ? 0 : XXH3_64bits(begin, size) | 1;
}

/// Of sets of `a` and `b` shingles that have `both` in common.
overlap overlap_of(std::size_t a, std::size_t b, std::size_t both) {
  if (a == 0 || b == 0)
    return {a == b ? 1.0 : 0.0, 0.0};
  auto shared = static_cast<double>(both);
  return {shared / static_cast<double>(a + b - both),
          shared / static_cast<double>(std::min(a, b))};
}

} // namespace

text_reading read_text(std::string_view text) {
  const lower_words words(text);
  const auto count = words.count();
  const std::unique_ptr<char[]> letters(new char[words.size() + block::size]);
  const std::unique_ptr<std::uint64_t[]> runs(new std::uint64_t[count]);
  auto* end_of_letters = letters.get();
  std::uint64_t before_last = 0;
  std::uint64_t last = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto word = words.word(i);
    const auto first = block::load(word.data());
    block::store(end_of_letters, first);
    for (auto at = block::size; at < word.size(); at += block::size)
      block::store(end_of_letters + at, block::load(word.data() + at));
    end_of_letters += word.size();
    const auto hash = word.size() <= block::size
                          ? hash_short(first, word.size())
                          : XXH3_64bits(word.data(), word.size());
    // Word hashes are as good as random numbers, so their sum is one too, each
    // turned by its place (tabulation hashing: Zobrist 1970).
    runs[i] = before_last + turned(last, 21) + turned(hash, 42);
    before_last = last;
    last = hash;
  }
  // The first two have less than three words.
  const auto few = std::min<std::size_t>(2, count);
  return {without_repeats(runs.get() + few, count - few),
          hash_letters(letters.get(), end_of_letters)};
}

shingle_set shingles_of(std::string_view text) {
  return read_text(text).shingles;
}

overlap overlap_of(const shingle_set& a, const shingle_set& b) {
  const auto& smaller = a.size() < b.size() ? a : b;
  hash_table known(smaller.size());
  for (auto shingle : smaller)
    known.insert(shingle);
  std::size_t both = 0;
  for (auto shingle : &smaller == &a ? b : a)
    both += known.contains(shingle);
  return overlap_of(a.size(), b.size(), both);
}

shingle_outline outline_of(const shingle_set& shingles) {
  shingle_outline made;
  made.count = static_cast<std::uint32_t>(shingles.size());
  for (auto shingle : shingles) {
    const auto at = shingle >> 54;
    made.classes[at / 64] |= std::uint64_t{1} << at % 64;
  }
  return made;
}

overlap overlap_bound(const shingle_outline& a, const shingle_outline& b) {
  std::size_t of_a = 0;
  std::size_t of_b = 0;
  std::size_t of_both = 0;
  for (std::size_t i = 0; i < a.classes.size(); ++i) {
    of_a += std::bitset<64>(a.classes[i]).count();
    of_b += std::bitset<64>(b.classes[i]).count();
    of_both += std::bitset<64>(a.classes[i] & b.classes[i]).count();
  }
  // One in each class that both have, and all that share a class in one set.
  return overlap_of(a.count, b.count,
                    of_both + std::min(a.count - of_a, b.count - of_b));
}

} // namespace jobfarm::dedupe
