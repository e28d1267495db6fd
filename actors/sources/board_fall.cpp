#include "actors/sources/board_fall.hpp"

namespace jobfarm::sources {

board_fall_verdict judge_fall(std::int64_t known, std::int64_t shown,
                              std::int32_t before,
                              const board_fall_policy& policy) {
  auto is_fall = known >= policy.smallest_board
                 && shown * 100 < known * policy.least_percent;
  if (!is_fall)
    return {};
  return {before + 1 >= policy.confirmations, before + 1};
}

} // namespace jobfarm::sources
