#include "actors/dedupe/shingles.hpp"

#include "actors/dedupe/description_reader.hpp"

#include <algorithm>
#include <bitset>
#include <iterator>
#include <utility>

namespace jobfarm::dedupe {

namespace {

/// Hashes that are spread evenly, at most as many as it is made for. Those of a
/// text that was made to crowd a place are not: then it gives up.
class hash_table {
public:
  /// `most_steps`: how often it may look further, all in all.
  hash_table(std::size_t most, std::size_t most_steps)
      : steps_left_(most_steps) {
    while (std::size_t{1} << bits_ < 2 * most)
      ++bits_;
    slots_.resize(std::size_t{1} << bits_);
  }

  /// 0, which is not told from a free slot, is there already.
  void insert(std::uint64_t hash) {
    slots_[find(hash)] = hash;
  }

  bool contains(std::uint64_t hash) {
    return slots_[find(hash)] == hash;
  }

  /// True once it gave up: nothing that it said is worth anything.
  bool is_crowded() const noexcept {
    return steps_left_ == 0;
  }

private:
  /// Where a hash is, or would be.
  std::size_t find(std::uint64_t hash) {
    auto at = hash >> (64 - bits_);
    while (slots_[at] != 0 && slots_[at] != hash && steps_left_ != 0) {
      at = (at + 1) & (slots_.size() - 1);
      --steps_left_;
    }
    return at;
  }

  std::size_t steps_left_;
  int bits_ = 1;
  std::vector<std::uint64_t> slots_;
};

/// Times that a table of hashes may look further, for so many that it is asked
/// for: it is once or twice for each where they are spread evenly.
constexpr std::size_t most_steps(std::size_t asked) {
  return 8 * asked + 64;
}

/// The same as `first_of_each`, whatever the hashes are.
shingle_set first_by_sorting(const shingle_list& all) {
  std::vector<std::pair<std::uint64_t, std::size_t>> sorted;
  sorted.reserve(all.size());
  for (auto shingle : all)
    sorted.emplace_back(shingle, sorted.size());
  std::sort(sorted.begin(), sorted.end());
  auto is_same = [](const auto& a, const auto& b) {
    return a.first == b.first;
  };
  sorted.erase(std::unique(sorted.begin(), sorted.end(), is_same),
               sorted.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const auto& a, const auto& b) { return a.second < b.second; });
  shingle_set firsts;
  for (const auto& one : sorted)
    firsts.push_back(one.first);
  return firsts;
}

/// How many shingles two sets have in common, whatever the hashes are.
std::size_t shared_by_sorting(shingle_set a, shingle_set b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  shingle_set both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(),
                        std::back_inserter(both));
  return both.size();
}

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
  auto steps_left = most_steps(all.size());
  for (auto shingle : all) {
    auto at = shingle >> (64 - bits);
    while (kept_at[at] != 0 && firsts[kept_at[at] - 1u] != shingle) {
      at = (at + 1) & (kept_at.size() - 1);
      if (--steps_left == 0)
        return first_by_sorting(all);
    }
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
  hash_table known(smaller.size(), most_steps(a.size() + b.size()));
  for (auto shingle : smaller)
    known.insert(shingle);
  std::size_t both = 0;
  for (auto shingle : &smaller == &a ? b : a)
    both += known.contains(shingle);
  if (known.is_crowded())
    both = shared_by_sorting(a, b);
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
