#include "actors/dedupe/shingles.hpp"

#include "actors/dedupe/description_reader.hpp"

#include <algorithm>
#include <bitset>

namespace jobfarm::dedupe {

namespace {

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

shingle_set shingles_of(std::string_view text) {
  description_reader reader;
  return without_repeats(reader.read(text).shingles);
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
