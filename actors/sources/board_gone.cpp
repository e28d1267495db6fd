#include "actors/sources/board_gone.hpp"

#include "actors/sources/wall.hpp"

namespace jobfarm::sources {

board_presence::board_presence(std::optional<std::int64_t> last_success,
                               board_gone_policy policy)
    : policy_(policy), last_success_(last_success) {
}

void board_presence::on_signal(board_signal signal, std::int64_t at) {
  if (signal == board_signal::ok) {
    state_ = board_state::active;
    confirmations_ = 0;
    last_success_ = at;
    next_check_.reset();
    return;
  }
  // Early repetitions confirm nothing: they may be the same slip.
  if (signal == board_signal::other || (next_check_ && at < *next_check_))
    return;
  if (confirmations_ == 0) {
    auto was_healthy =
        last_success_ && at - *last_success_ <= policy_.healthy_s;
    needed_ =
        was_healthy ? policy_.confirmations_if_healthy : policy_.confirmations;
  }
  ++confirmations_;
  auto is_gone = confirmations_ >= needed_;
  state_ = is_gone ? board_state::gone : board_state::gone_pending;
  next_check_ = at + (is_gone ? policy_.recheck_s : policy_.between_s);
}

board_signal judge_board(std::string_view source, std::int32_t status,
                         std::string_view body) {
  if (status == 404 || status == 410) {
    auto is_telling = source != "smartrecruiters" && source != "jsonld";
    // A challenge page may come with any status.
    auto wall = judge_body(body);
    auto is_wall = wall && wall->code == errc::bot_detected;
    return is_telling && !is_wall ? board_signal::gone : board_signal::other;
  }
  return status >= 200 && status < 300 ? board_signal::ok : board_signal::other;
}

} // namespace jobfarm::sources
