#include "actors/watch/source_health.hpp"

#include "actors/supervise/recovery.hpp"
#include "actors/text/time.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace jobfarm::watch {

namespace {

constexpr std::size_t most_pages = 100;
/// Hosts are boundless where every company has its own.
constexpr std::size_t most_hosts = 10'000;
/// So many boards in a row are not missing by their own fault.
constexpr std::size_t least_missing = 10;
constexpr std::int64_t seconds_a_day = 86'400;

bool is_good(const std::optional<failure>& failed) {
  return !failed
         || supervise::verdict_on_host(*failed)
                == supervise::host_verdict::well;
}

template <class Pages>
bool is_all_missing(const Pages& pages) {
  return pages.size() >= least_missing
         && std::all_of(pages.begin(), pages.end(),
                        [](const auto& one) { return one.is_missing; });
}

/// The value that this share of `all` does not exceed.
std::optional<double> at_share(std::vector<std::int64_t>& all, double share) {
  if (all.empty())
    return std::nullopt;
  auto at = all.begin()
            + static_cast<std::ptrdiff_t>(
                share * static_cast<double>(all.size() - 1));
  std::nth_element(all.begin(), at, all.end());
  return static_cast<double>(*at) / 1000;
}

} // namespace

source_health::source_health(std::function<std::int64_t()> now)
    : now_(std::move(now)) {
}

void source_health::on_settled(const page_report& reported,
                               const task_counts& counts, bool, bool) {
  auto now = now_();
  std::lock_guard lock(mutex_);
  if (source_of_host_.size() < most_hosts)
    source_of_host_.emplace(reported.host, reported.source);
  auto& source = sources_[reported.source];
  source.pages.push_back(
      {is_good(reported.failed),
       reported.failed && reported.failed->code == errc::not_found,
       reported.timings.fetch_us});
  if (source.pages.size() > most_pages)
    source.pages.pop_front();
  source.last_check = now;
  if (reported.failed)
    source.error = std::string{to_string(reported.failed->code)} + ": "
                   + reported.failed->detail;
  if (source.pages.back().is_good) {
    source.last_success = now;
    source.error.clear();
  }
  if (std::exchange(source.today, now / seconds_a_day) != now / seconds_a_day)
    source.collected_today = 0;
  source.collected_today += counts.handed_out;
}

void source_health::on_host(const host_report& report) {
  std::lock_guard lock(mutex_);
  auto known = source_of_host_.find(report.host);
  if (known == source_of_host_.end())
    return;
  auto& circuits = sources_[known->second].circuits;
  if (report.what == "circuit_open")
    circuits[report.host] = circuit::open;
  else if (report.what == "circuit_closed")
    circuits.erase(report.host);
}

void source_health::describe(source_status& into) const {
  auto now = now_();
  std::lock_guard lock(mutex_);
  auto known = sources_.find(into.name);
  if (known == sources_.end() || known->second.pages.empty())
    return;
  const auto& source = known->second;
  into.last_check = text::format_utc(source.last_check);
  if (source.last_success > 0)
    into.last_success = text::format_utc(source.last_success);
  into.error_message = source.error;
  if (source.today == now / seconds_a_day)
    into.jobs_collected_today = source.collected_today;
  auto good = std::count_if(source.pages.begin(), source.pages.end(),
                            [](const page& one) { return one.is_good; });
  into.success_rate =
      static_cast<double>(good) / static_cast<double>(source.pages.size());
  if (!source.circuits.empty())
    into.circuit = circuit::open;
  auto is_gone = is_all_missing(source.pages);
  if (is_gone)
    into.error_message = "not_found: none of the last "
                         + std::to_string(source.pages.size())
                         + " pages is there: has the source moved?";
  into.healthy = into.circuit != circuit::open && *into.success_rate >= 0.5
                 && !is_gone;
  std::vector<std::int64_t> times;
  for (const auto& one : source.pages)
    if (one.fetch_us > 0)
      times.push_back(one.fetch_us);
  into.response_time_ms = {at_share(times, 0.5), at_share(times, 0.95)};
}

} // namespace jobfarm::watch
