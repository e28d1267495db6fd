#include "actors/sources/board_fall.hpp"

namespace jobfarm::sources {

board_fall_verdict judge_fall(std::int64_t known, std::int64_t shown,
                              std::optional<board_fall> before,
                              std::int64_t now,
                              const board_fall_policy& policy) {
  auto is_fall = known >= policy.smallest_board
                 && shown * 100 < known * policy.least_percent;
  if (!is_fall)
    return {};
  board_fall_verdict made;
  made.kept = before.value_or(board_fall{0, now});
  ++made.kept->readings;
  made.is_believed = made.kept->readings >= policy.confirmations
                     && now - made.kept->first_at >= policy.lasting_s;
  return made;
}

} // namespace jobfarm::sources
