#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace jobfarm::plan {

/// A point on the farm's monotonic clock; handed in, never read.
using time_point = std::chrono::steady_clock::time_point;
using duration = time_point::duration;

/// How politely a host is asked.
struct host_budget {
  /// Requests a second in the long run at most, a little less in fact; 0 for no
  /// limit.
  double requests_per_second = 0;
  /// Requests at the same time, at least 1.
  std::int32_t concurrent_requests = 8;
  /// Requests that a rested host may be sent in a row, at least 1.
  std::int32_t burst = 1;
};

/// How fast one host is asked now: its budget as a token bucket (the generic
/// cell rate algorithm of ITU-T I.371, which needs no clockwork), its
/// robots.txt's crawl delay, and a pace in (0, 1] by which the host itself
/// slows both rate and requests at the same time: halved by errors, refusals
/// and answers that take far longer than they used to, won back in small steps
/// by good answers.
class host_pace {
public:
  /// When the next request may go, as far as rate and crawl delay say.
  time_point next_slot(const host_budget& budget) const;

  /// A request goes at `now`.
  void spend(const host_budget& budget, time_point now);

  /// Requests at the same time for now, at least 1.
  std::int32_t window(const host_budget& budget) const;

  /// A good answer to a request of `asked` has come.
  void answered(time_point asked, std::optional<duration> latency,
                time_point now);

  /// The host is in trouble, says the answer to a request of `asked`. Requests
  /// that were in flight together say it once.
  void slow_down(time_point asked, time_point now);

  /// Takes over what robots.txt asks for, two minutes at most; counted from
  /// the last request.
  void set_crawl_delay(duration delay);

private:
  /// Between requests in the long run.
  duration interval(const host_budget& budget, float pace) const;
  bool is_sluggish(duration latency);

  float pace_ = 1;
  std::int32_t good_in_a_row_ = 0;
  /// Microseconds: the least that answers take, and what they take lately.
  float best_ = 0;
  float usual_ = 0;
  duration crawl_delay_{0};
  time_point spent_at_{};
  /// When the bucket is full again but for one token.
  time_point full_at_{};
  time_point slowed_at_{};
};

} // namespace jobfarm::plan
