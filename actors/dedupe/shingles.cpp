#include "actors/dedupe/shingles.hpp"

#include "actors/dedupe/lower_words.hpp"
#include "actors/text/long_hash.hpp"

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

using halves = std::uint64_t __attribute__((vector_size(16)));

/// The first bytes of a block, by how many they are.
struct first_bytes {
  alignas(block::size) unsigned char masks[block::size + 1][block::size] = {};

  constexpr first_bytes() {
    for (std::size_t i = 0; i <= block::size; ++i)
      for (std::size_t k = 0; k < i; ++k)
        masks[i][k] = 0xff;
  }
};

constexpr first_bytes first;

/// Odd digits of pi and of the golden ratio.
constexpr halves factors = {0x243f6a8885a308d3, 0x9e3779b97f4a7c15};

/// Of a word of one block, without what stands behind it there: the halves of a
/// product (wyhash: Wang Yi 2019).
std::uint64_t hash_short(block::bytes word, std::size_t size) {
  const auto mask = first.masks[size];
  word &= block::load(reinterpret_cast<const char*>(mask));
  const auto both = reinterpret_cast<halves>(word) ^ factors;
  const auto product = static_cast<wide>(both[0]) * both[1];
  return static_cast<std::uint64_t>(product)
         ^ static_cast<std::uint64_t>(product >> 64);
}

/// Copies a longer word, of which the first block was copied, and hashes it:
/// apart from the shorter ones, which need the room in the processor.
__attribute__((noinline)) std::uint64_t
hash_long(const char* word, std::size_t size, char* copy) {
  for (auto at = block::size; at < size; at += block::size)
    block::store(copy + at, block::load(word + at));
  return XXH3_64bits(word, size);
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

/// The first of equal shingles. A table of where each is, by numbers from 1,
/// has room for eight times as many: most places are free.
template <class Number>
shingle_set first_of_each(const shingle_list& all) {
  int bits = 3;
  while (std::size_t{1} << bits < 8 * all.size())
    ++bits;
  std::vector<Number> kept_at(std::size_t{1} << bits);
  shingle_set firsts;
  firsts.reserve(all.size());
  for (auto shingle : all) {
    auto at = shingle >> (64 - bits);
    while (kept_at[at] != 0 && firsts[kept_at[at] - 1u] != shingle)
      at = (at + 1) & (kept_at.size() - 1);
    if (kept_at[at] != 0)
      continue;
    firsts.push_back(shingle);
    kept_at[at] = static_cast<Number>(firsts.size());
  }
  return firsts;
}

/// Of letters and digits alone: `_` is taken out.
std::uint64_t hash_letters(char* begin, char* end) {
  auto size = static_cast<std::size_t>(end - begin);
  if (std::memchr(begin, '_', size))
    size = static_cast<std::size_t>(std::remove(begin, end, '_') - begin);
  return size == 0 ? 0 : text::long_hash({begin, size}) | 1;
}

/// Of sets of `a` and `b` shingles that have `both` in common.
overlap overlap_of(std::size_t a, std::size_t b, std::size_t both) {
  if (a == 0 || b == 0)
    return {a == b ? 1.0 : 0.0, 0.0};
  auto shared = static_cast<double>(both);
  const auto smaller = std::min(a, b);
  return {shared / static_cast<double>(a + b - both),
          shared / static_cast<double>(smaller), smaller};
}

} // namespace

shingle_set without_repeats(const shingle_list& all) {
  // The half of the table for most texts.
  return all.size() < 0xffff ? first_of_each<std::uint16_t>(all)
                             : first_of_each<std::uint32_t>(all);
}

text_reading read_text(std::string_view text) {
  lower_words words(text);
  // Two bytes are a word and what parts it from the next, at least.
  std::unique_ptr<std::uint64_t[]> runs(
      new std::uint64_t[words.size() / 2 + 1]);
  const std::unique_ptr<char[]> letters(new char[words.size() + block::size]);
  auto* end_of_runs = runs.get();
  auto* end_of_letters = letters.get();
  std::uint64_t before_last = 0;
  std::uint64_t last = 0;
  words.each([&](const char* word, std::size_t size) {
    const auto first_block = block::load(word);
    block::store(end_of_letters, first_block);
    const auto hash = size <= block::size
                          ? hash_short(first_block, size)
                          : hash_long(word, size, end_of_letters);
    end_of_letters += size;
    // Word hashes are as good as random numbers, so their sum is one too, each
    // turned by its place (tabulation hashing: Zobrist 1970).
    *end_of_runs++ = before_last + turned(last, 21) + turned(hash, 42);
    before_last = last;
    last = hash;
  });
  const auto count = static_cast<std::size_t>(end_of_runs - runs.get());
  // The first two have less than three words.
  return {{std::move(runs), std::min<std::size_t>(2, count), count},
          hash_letters(letters.get(), end_of_letters)};
}

shingle_set shingles_of(std::string_view text) {
  return without_repeats(read_text(text).shingles);
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
