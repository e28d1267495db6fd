#include "nodes/link/credit_account.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace jobfarm::nodes::link_layer {

std::uint32_t credit_account::pulled(std::uint32_t more) {
  auto absorbed = std::min<std::int64_t>(surplus_, more);
  surplus_ -= absorbed;
  owed_ += more - absorbed;
  return static_cast<std::uint32_t>(more - absorbed);
}

void credit_account::lent(std::uint32_t tasks) {
  owed_ = std::max<std::int64_t>(0, owed_ - tasks);
  surplus_ = std::min(surplus_, owed_);
}

std::uint32_t credit_account::stated(std::uint32_t credit) {
  auto off = credit - (owed_ - surplus_);
  auto agrees = agreeing_ > 0 && (off > 0) == (off_ > 0);
  if (off == 0 || !agrees) {
    agreeing_ = off != 0;
    off_ = off;
    return 0;
  }
  if (std::abs(off) < std::abs(off_))
    off_ = off;
  if (++agreeing_ < patience)
    return 0;
  agreeing_ = 0;
  auto by = std::exchange(off_, 0);
  if (by < 0) {
    surplus_ = std::min(surplus_ - by, owed_);
    return 0;
  }
  auto taken_back = std::min(surplus_, by);
  surplus_ -= taken_back;
  owed_ += by - taken_back;
  return static_cast<std::uint32_t>(by - taken_back);
}

} // namespace jobfarm::nodes::link_layer
