#include "actors/plan/host_pace.hpp"

#include <algorithm>
#include <cmath>

namespace jobfarm::plan {

namespace {

/// Slow starts and slow recoveries are what hosts forgive.
constexpr std::int32_t good_answers_per_step = 20;
constexpr float step = 0.125F;
constexpr float slowest = 0.125F;
constexpr std::chrono::minutes longest_crawl_delay{2};

/// Requests are a little further apart than the rate says: the way to the host
/// takes now more, now less, and no second of its log is to show more than the
/// rate.
constexpr double way_margin = 0.03;

/// An answer that takes so many times what the best ones take, and so much
/// more, comes from a host that has too much to do.
constexpr float sluggish_factor = 3;
constexpr float sluggish_extra_us = 500'000;

} // namespace

duration host_pace::interval(const host_budget& budget, float pace) const {
  if (budget.requests_per_second <= 0)
    return crawl_delay_;
  auto rate = budget.requests_per_second * static_cast<double>(pace);
  auto seconds = std::chrono::duration<double>((1 + way_margin) / rate);
  return std::max(crawl_delay_, std::chrono::duration_cast<duration>(seconds));
}

time_point host_pace::next_slot(const host_budget& budget) const {
  // A crawl delay is a distance between requests: no burst.
  auto spare = crawl_delay_ > duration::zero() ? 0 : budget.burst - 1;
  // By the host's own rate: one that is slowed down gets no larger burst.
  return full_at_ - interval(budget, 1) * std::max(spare, 0);
}

void host_pace::spend(const host_budget& budget, time_point now) {
  spent_at_ = now;
  full_at_ = std::max(full_at_, now) + interval(budget, pace_);
}

std::int32_t host_pace::window(const host_budget& budget) const {
  auto many = static_cast<float>(budget.concurrent_requests) * pace_;
  return std::max(1, static_cast<std::int32_t>(many));
}

bool host_pace::is_sluggish(duration latency) {
  auto took = std::chrono::duration<float, std::micro>(latency).count();
  if (best_ <= 0) {
    best_ = usual_ = took;
    return false;
  }
  usual_ += (took - usual_) / 8;
  // The best is forgotten slowly, so that a host may become another one.
  best_ = std::min(took, best_ + (usual_ - best_) / 256);
  return usual_ > best_ * sluggish_factor + sluggish_extra_us;
}

void host_pace::answered(time_point asked, std::optional<duration> latency,
                         time_point now) {
  if (latency && is_sluggish(*latency)) {
    slow_down(asked, now);
    return;
  }
  if (++good_in_a_row_ < good_answers_per_step)
    return;
  good_in_a_row_ = 0;
  pace_ = std::min(1.0F, pace_ + step);
}

void host_pace::slow_down(time_point asked, time_point now) {
  good_in_a_row_ = 0;
  if (slowed_at_ != time_point{} && asked <= slowed_at_)
    return;
  slowed_at_ = now;
  pace_ = std::max(slowest, pace_ / 2);
}

void host_pace::set_crawl_delay(duration delay) {
  crawl_delay_ =
      std::clamp<duration>(delay, duration::zero(), longest_crawl_delay);
  full_at_ = std::max(full_at_, spent_at_ + crawl_delay_);
}

} // namespace jobfarm::plan
