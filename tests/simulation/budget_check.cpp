#include "tests/simulation/budget_check.hpp"

#include "actors/sources/source.hpp"
#include "tests/simulation/web.hpp"

#include <algorithm>

namespace jobfarm::simulation {

namespace {

const sources::source& source_of(const std::string& name) {
  for (const auto* one : sources::all_sources())
    if (one->traits.name == name)
      return *one;
  std::abort();
}

} // namespace

void budget_check::new_life() {
  lent_.clear();
  hosts_.clear();
}

budget_check::host_record&
budget_check::record_of(const std::string& host, const std::string& source) {
  auto [found, is_new] = hosts_.try_emplace(host);
  if (is_new) {
    found->second.source = source;
    found->second.budget = plan::budget_of(source_of(source), on_.sources);
  }
  return found->second;
}

std::int32_t budget_check::in_flight(const std::string& host) const {
  return static_cast<std::int32_t>(
      std::count_if(lent_.begin(), lent_.end(), [&](const auto& one) {
        return one.second.host == host && one.second.until > on_.time.now();
      }));
}

void budget_check::lent(std::uint64_t session, std::int64_t lease,
                        const task& what) {
  auto now = on_.time.now();
  auto& host = record_of(what.host, what.source);
  auto violated = [&](const std::string& how) {
    on_.log.violated(now, "host " + what.host + ' ' + how);
  };
  const auto& budget = host.budget;
  if (budget.requests_per_second > 0) {
    auto interval = std::chrono::duration_cast<duration>(
        std::chrono::duration<double>(1 / budget.requests_per_second));
    auto tolerance = interval * (budget.burst - 1) + milliseconds{1};
    if (now + tolerance < host.empty_at)
      violated("is asked too fast");
    host.empty_at = std::max(host.empty_at, now) + interval;
  }
  if (in_flight(what.host) >= budget.concurrent_requests)
    violated("is asked by too many at the same time");
  // What was lent in the moment of the refusal was lent before it.
  if (now > host.paused_at && now < host.paused_until)
    violated("is asked although it wants to be left alone");
  if (!lent_.emplace(lease, loan{what.host, session, now + lease_time}).second)
    violated("has a lease that was lent before");
}

void budget_check::renewed(std::int64_t lease) {
  auto found = lent_.find(lease);
  if (found != lent_.end() && found->second.until > on_.time.now())
    found->second.until = on_.time.now() + lease_time;
}

void budget_check::session_over(std::uint64_t session) {
  for (auto i = lent_.begin(); i != lent_.end();)
    i = i->second.session == session ? lent_.erase(i) : std::next(i);
}

void budget_check::paused(const std::string& name) {
  auto found = hosts_.find(name);
  if (found == hosts_.end())
    return;
  auto& host = found->second;
  auto wait = std::chrono::seconds{on_.sites->retry_after_s(host.source)};
  if (host.paused_until <= on_.time.now())
    host.paused_at = on_.time.now();
  host.paused_until = std::max(host.paused_until, on_.time.now() + wait);
}

} // namespace jobfarm::simulation
