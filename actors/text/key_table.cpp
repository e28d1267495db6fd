#include "actors/text/key_table.hpp"

namespace jobfarm::text {

key_table::key_table(const std::vector<std::uint64_t>& keys) {
  std::size_t slots = 2;
  while (slots < 2 * keys.size())
    slots *= 2;
  slots_.resize(slots);
  slot_mask_ = slots - 1;
  auto size = static_cast<std::uint32_t>(keys.size());
  for (std::uint32_t first = 0, end = 0; first < size; first = end) {
    while (end < size && keys[end] == keys[first])
      ++end;
    auto at = hash(keys[first]);
    filter_[at] = true;
    while (slots_[at & slot_mask_].found.count > 0)
      ++at;
    slots_[at & slot_mask_] = {keys[first], {first, end - first}};
  }
}

} // namespace jobfarm::text
