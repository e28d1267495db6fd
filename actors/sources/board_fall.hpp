#pragma once

#include <cstdint>
#include <optional>

/// Whether a board that suddenly shows next to nothing is to be believed. A
/// wall can look like an empty list; a company that lets go of nine jobs in ten
/// from one reading to the next is rare.
namespace jobfarm::sources {

struct board_fall_policy {
  /// Smaller boards may empty from one day to the next.
  std::int64_t smallest_board = 10;
  /// A fall is sudden if less than this share of the board is left.
  std::int64_t least_percent = 20;
  /// Readings in a row that show it, and the time from the first to the last
  /// of them in seconds, after which it is believed.
  std::int32_t confirmations = 3;
  std::int64_t lasting_s = 86'400;
};

/// What earlier readings said of a fall that is not believed yet.
struct board_fall {
  std::int32_t readings = 0;
  /// Of the first one, seconds since 1970.
  std::int64_t first_at = 0;
};

struct board_fall_verdict {
  /// False: the reading is suspicious and must close nothing.
  bool is_believed = true;
  /// To be kept for the next reading; nothing if there is no fall.
  std::optional<board_fall> kept;
};

/// Judges a complete listing of `shown` postings, read at `now`, of a board
/// that had `known` open ones.
board_fall_verdict judge_fall(std::int64_t known, std::int64_t shown,
                              std::optional<board_fall> before,
                              std::int64_t now,
                              const board_fall_policy& policy = {});

} // namespace jobfarm::sources
