#pragma once

#include <cstdint>

/// Whether a board that suddenly shows next to nothing is to be believed. A
/// wall can look like an empty list, and a company that lets go of nine jobs in
/// ten from one reading to the next is rare: one such reading is doubted. Two
/// in a row that agree are evidence; what was closed wrongly is open again once
/// it is seen.
namespace jobfarm::sources {

struct board_fall_policy {
  /// Smaller boards may empty from one day to the next.
  std::int64_t smallest_board = 10;
  /// A fall is sudden if less than this share of the board is left.
  std::int64_t least_percent = 20;
  /// Readings in a row that show it, of which the last is believed.
  std::int32_t confirmations = 2;
};

struct board_fall_verdict {
  /// False: the reading is suspicious and must close nothing.
  bool is_believed = true;
  /// Readings in a row that show the fall, to be kept for the next one; 0 if
  /// there is no fall.
  std::int32_t readings = 0;
};

/// Judges a complete listing of `shown` postings of a board that had `known`
/// open ones. `before`: what was kept of the readings before it.
board_fall_verdict judge_fall(std::int64_t known, std::int64_t shown,
                              std::int32_t before,
                              const board_fall_policy& policy = {});

} // namespace jobfarm::sources
