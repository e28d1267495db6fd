#include "actors/dedupe/description_reader.hpp"

#include "actors/text/long_hash.hpp"

#include <algorithm>
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

/// Of letters and digits alone: `_` is taken out.
std::uint64_t hash_letters(char* begin, char* end) {
  auto size = static_cast<std::size_t>(end - begin);
  if (std::memchr(begin, '_', size))
    size = static_cast<std::size_t>(std::remove(begin, end, '_') - begin);
  return size == 0 ? 0 : text::long_hash({begin, size}) | 1;
}

} // namespace

text_reading description_reader::read_words() {
  // Two bytes are a word and what parts it from the next, at least.
  auto* const runs = runs_.of(words_.size() / 2 + 1);
  auto* const letters = letters_.of(words_.size() + block::size);
  auto* end_of_runs = runs;
  auto* end_of_letters = letters;
  std::uint64_t before_last = 0;
  std::uint64_t last = 0;
  words_.each([&](const char* word, std::size_t size) {
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
  // The first two have less than three words.
  const auto count = end_of_runs - runs;
  return {{runs + std::min<std::ptrdiff_t>(2, count), end_of_runs},
          hash_letters(letters, end_of_letters)};
}

} // namespace jobfarm::dedupe
