#pragma once

#include "messages/failure.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Whether a board has gone for good. One "not found" may be a slip of its
/// provider: several are needed, hours apart, before a board counts as gone.
namespace jobfarm::sources {

/// What one visit of a board says of its being there.
enum class board_signal : std::uint8_t {
  ok,    ///< it is there, be it empty
  gone,  ///< the provider says that it has no such board
  other, ///< neither: a wall, an error, no answer
};

/// Confirmations needed and the times between them, in seconds.
struct board_gone_policy {
  std::int32_t confirmations = 2;
  /// For a board that was well within `healthy_s` before the first one.
  std::int32_t confirmations_if_healthy = 3;
  std::int64_t healthy_s = 7 * 86'400;
  std::int64_t between_s = 6 * 3600;
  /// A board that is gone is looked after this often: it may come back.
  std::int64_t recheck_s = 86'400;
};

/// `active`, `gone_pending` (said once or more, not yet believed) or `gone`.
enum class board_state : std::uint8_t { active, gone_pending, gone };

/// What is known of a board's being there. A pure state machine; times are
/// seconds since 1970.
class board_presence {
public:
  explicit board_presence(std::optional<std::int64_t> last_success,
                          board_gone_policy policy = {});

  void on_signal(board_signal signal, std::int64_t at);

  board_state state() const noexcept {
    return state_;
  }
  std::int32_t confirmations() const noexcept {
    return confirmations_;
  }
  /// When to look again; nothing for an active board (its own schedule).
  std::optional<std::int64_t> next_check() const noexcept {
    return next_check_;
  }

private:
  board_gone_policy policy_;
  board_state state_ = board_state::active;
  std::int32_t confirmations_ = 0;
  std::int32_t needed_ = 0;
  std::optional<std::int64_t> last_success_;
  std::optional<std::int64_t> next_check_;
};

/// What an answer of a source's list endpoint says: 404 and 410 mean that the
/// board has gone, where the source tells so at all. SmartRecruiters answers
/// an unknown company like an empty one, a page of its own host's (`jsonld`)
/// may be missing for many reasons.
board_signal judge_board(std::string_view source, std::int32_t status,
                         std::string_view body);

} // namespace jobfarm::sources
