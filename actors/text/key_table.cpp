#include "actors/text/key_table.hpp"

namespace jobfarm::text {

key_table::key_table(std::size_t most) {
  std::size_t rows = 2;
  for (; rows < 8 * most; rows *= 2)
    --shift_;
  rows_.assign(rows, {static_cast<std::uint16_t>(most), 0});
}

void key_table::add(std::uint64_t key, std::size_t number) {
  auto& its = rows_[row(key)];
  if (its.count++ == 0)
    its.first = static_cast<std::uint16_t>(number);
}

} // namespace jobfarm::text
