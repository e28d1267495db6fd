#include "nodes/gateway/rate_limit.hpp"

#include <algorithm>

namespace jobfarm::nodes::gateway {

void rate_limit::forget(time_point now) {
  for (auto at = callers_.begin(); at != callers_.end();)
    at = now - at->second.begin >= window_ ? callers_.erase(at) : std::next(at);
}

quota rate_limit::take(const std::string& who, time_point now,
                       std::int64_t cost) {
  if (callers_.size() >= most_callers_ && callers_.count(who) == 0)
    forget(now);
  auto is_full = callers_.size() >= most_callers_ && callers_.count(who) == 0;
  auto& own = callers_[is_full ? std::string{} : who];
  if (own.used == 0 || now - own.begin >= window_)
    own = {now, 0};
  quota left;
  left.is_allowed = own.used + cost <= quota_;
  if (left.is_allowed)
    own.used += cost;
  left.remaining = quota_ - own.used;
  auto until =
      std::chrono::ceil<std::chrono::seconds>(own.begin + window_ - now);
  left.reset_s = std::max<std::int64_t>(1, until.count());
  return left;
}

} // namespace jobfarm::nodes::gateway
