#pragma once

#include "actors/plan/host_pace.hpp"
#include "tests/simulation/stage.hpp"

#include <map>
#include <string>
#include <vector>

namespace jobfarm::simulation {

/// Counts, from what goes over the link, how each host is asked, and compares
/// that with its budget: the rate by the leaky bucket, requests at the same
/// time from the lease to the outcome, and silence after a refusal. A
/// coordinator knows nothing of the life before it, so each life counts anew.
class budget_check {
public:
  explicit budget_check(stage& on) : on_(on) {
  }

  void new_life();
  void lent(std::uint64_t session, std::int64_t lease, const task& what);
  /// An outcome has come, or the worker renews.
  void ended(std::int64_t lease) {
    lent_.erase(lease);
  }
  void renewed(std::int64_t lease);
  void session_over(std::uint64_t session);
  /// The farm has told that it leaves a host alone.
  void paused(const std::string& host);

private:
  struct loan {
    std::string host;
    std::uint64_t session = 0;
    time_point until{};
  };
  struct host_record {
    plan::host_budget budget;
    std::string source;
    /// When the bucket is empty.
    time_point empty_at{};
    time_point paused_at{};
    time_point paused_until{};
  };

  host_record& record_of(const std::string& host, const std::string& source);
  std::int32_t in_flight(const std::string& host) const;

  stage& on_;
  std::map<std::int64_t, loan> lent_;
  std::map<std::string, host_record> hosts_;
};

} // namespace jobfarm::simulation
