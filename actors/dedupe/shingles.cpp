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

/// A word without what stands behind it in its block; a longer one counts
/// whole.
std::uint64_t hash_word(const char* word, std::size_t bytes) {
  if (bytes > block::size)
    return XXH3_64bits(word, bytes);
  static constexpr auto mask = [] {
    std::array<unsigned char, 2 * block::size> made{};
    for (std::size_t i = 0; i < block::size; ++i)
      made[i] = 0xff;
    return made;
  }();
  std::uint64_t alone[2];
  block::store(reinterpret_cast<char*>(alone),
               block::load(word)
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

/// Keeps the first of equal shingles. A table of where each was kept has room
/// for four times as many, so that most places are free or theirs.
void drop_repeats(shingle_set& all) {
  int bits = 2;
  while (std::size_t{1} << bits < 4 * all.size())
    ++bits;
  // Numbered from 1; 0 is free.
  std::vector<std::uint32_t> kept_at(std::size_t{1} << bits);
  std::uint32_t kept = 0;
  for (auto shingle : all) {
    auto at = shingle >> (64 - bits);
    while (kept_at[at] != 0 && all[kept_at[at] - 1] != shingle)
      at = (at + 1) & (kept_at.size() - 1);
    if (kept_at[at] != 0)
      continue;
    all[kept] = shingle;
    kept_at[at] = ++kept;
  }
  all.resize(kept);
}

/// Hashes the runs of three words, and gathers the letters of all.
class text_reader {
public:
  explicit text_reader(std::size_t bytes)
      : letters_(new char[bytes + block::size]) {
    shingles_.reserve(bytes / 6 + 1);
  }

  void take(const char* word, std::size_t bytes) {
    gather(word, bytes);
    const auto hash = hash_word(word, bytes);
    // Word hashes are as good as random numbers, so their sum is one too, each
    // turned by its place (tabulation hashing: Zobrist 1970).
    const auto shingle = before_last_ + turned(last_, 21) + turned(hash, 42);
    if (++words_ > 2)
      shingles_.push_back(shingle);
    before_last_ = last_;
    last_ = hash;
  }

  text_reading finish() {
    drop_repeats(shingles_);
    auto* end = letters_.get() + size_;
    if (std::memchr(letters_.get(), '_', size_))
      end = std::remove(letters_.get(), end, '_');
    auto size = static_cast<std::size_t>(end - letters_.get());
    return {std::move(shingles_),
            size == 0 ? 0 : XXH3_64bits(letters_.get(), size) | 1};
  }

private:
  void gather(const char* word, std::size_t bytes) {
    for (std::size_t at = 0; at < bytes; at += block::size)
      block::store(letters_.get() + size_ + at, block::load(word + at));
    size_ += bytes;
  }

  shingle_set shingles_;
  std::size_t words_ = 0;
  std::uint64_t before_last_ = 0;
  std::uint64_t last_ = 0;
  std::unique_ptr<char[]> letters_;
  std::size_t size_ = 0;
};

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
  text_reader reader(words.size());
  words.each(
      [&](const char* word, std::size_t bytes) { reader.take(word, bytes); });
  return reader.finish();
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
