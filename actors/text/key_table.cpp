#include "actors/text/key_table.hpp"

namespace jobfarm::text {

namespace {

/// How many bits count to `size`, at least one.
unsigned bits_for(std::size_t size) {
  unsigned bits = 1;
  while (std::size_t{1} << bits < size)
    ++bits;
  return bits;
}

} // namespace

key_table::key_table(const std::vector<std::uint64_t>& keys) {
  std::vector<slot> all;
  auto size = static_cast<std::uint32_t>(keys.size());
  for (std::uint32_t first = 0, end = 0; first < size; first = end) {
    while (end < size && keys[end] == keys[first])
      ++end;
    all.push_back({keys[first], {first, end - first}});
  }
  // So many that few are looked for in a second one.
  bits_ = bits_for(8 * all.size());
  slots_.assign(std::size_t{1} << bits_, {});
  for (const auto& one : all) {
    auto at = key_hash(one.key, bits_);
    while (slots_[at].found.count > 0)
      at = (at + 1) & (slots_.size() - 1);
    slots_[at] = one;
  }
}

} // namespace jobfarm::text
