#include "nodes/link/lease_receipts.hpp"

#include <utility>

namespace jobfarm::nodes::link_layer {

void lease_receipts::sent(link::lent_task one) {
  auto lease = one.lease;
  waiting_[lease] = {std::move(one)};
}

void lease_receipts::arrived(std::int64_t lease) {
  waiting_.erase(lease);
}

std::vector<link::lent_task>
lease_receipts::stated(const std::vector<std::int64_t>& held) {
  for (auto lease : held)
    waiting_.erase(lease);
  std::vector<link::lent_task> again;
  for (auto& [lease, one] : waiting_)
    if (++one.beats >= patience) {
      one.beats = 0;
      again.push_back(one.what);
    }
  return again;
}

} // namespace jobfarm::nodes::link_layer
