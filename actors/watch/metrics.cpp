#include "actors/watch/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <mutex>
#include <set>
#include <unordered_map>

namespace jobfarm::watch {

namespace {

/// Seconds: from a page of a near machine to the patience with a slow one.
const prometheus::Histogram::BucketBoundaries seconds_buckets = {
    0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};

constexpr std::string_view dropped = "jobfarm_metrics_dropped_total";

} // namespace

const std::vector<metric>& all_metrics() {
  using kind = metric_kind;
  static const std::vector<metric> all = {
      {"jobfarm_build_info", kind::gauge, "1, with the version as a label"},
      {"jobfarm_process_start_time_seconds", kind::gauge,
       "when the node started"},
      {"jobfarm_process_resident_memory_bytes", kind::gauge,
       "memory of the process"},
      {"jobfarm_process_cpu_seconds_total", kind::counter,
       "processor time used"},
      {"jobfarm_process_open_fds", kind::gauge, "open file descriptors"},
      {"jobfarm_process_max_fds", kind::gauge,
       "file descriptors that may be open"},
      {"jobfarm_fetch_total", kind::counter,
       "pages fetched, by source and outcome"},
      {"jobfarm_fetch_duration_seconds", kind::histogram,
       "from request to the whole answer"},
      {"jobfarm_fetch_bytes_total", kind::counter, "bytes of body received"},
      {"jobfarm_stage_duration_seconds", kind::histogram,
       "work on one page: parse, normalize, ingest"},
      {"jobfarm_postings_total", kind::counter,
       "postings by source and what became of them"},
      {"jobfarm_duplicates_total", kind::counter,
       "records merged into another posting, and those seen again"},
      {"jobfarm_tasks_total", kind::counter,
       "tasks by source and how they ended"},
      {"jobfarm_queue_depth", kind::gauge, "pieces of work that wait or run"},
      {"jobfarm_queue_oldest_seconds", kind::gauge,
       "how long the oldest piece of work has been there"},
      {"jobfarm_host_events_total", kind::counter,
       "times a host rested, and circuits opened or closed"},
      {"jobfarm_source_up", kind::gauge,
       "1 where a source answers, 0 where it does not"},
      {"jobfarm_source_circuit_state", kind::gauge,
       "0 closed, 1 half open, 2 open"},
      {"jobfarm_source_last_success_timestamp_seconds", kind::gauge,
       "when a page of the source was answered last"},
      {"jobfarm_nodes", kind::gauge, "nodes by state"},
      {"jobfarm_proxy_pool", kind::gauge, "proxies by tier and state"},
      {"jobfarm_actor_restarts_total", kind::counter,
       "actors that died and were started again, by kind"},
      {"jobfarm_worker_pages_total", kind::counter,
       "pages this worker has done, by source and outcome"},
      {"jobfarm_worker_fetch_duration_seconds", kind::histogram,
       "from request to the whole answer, on this worker"},
      {"jobfarm_worker_tasks", kind::gauge,
       "tasks on this worker: waiting, in_hand, unsettled"},
      {"jobfarm_worker_unfit_outcomes_total", kind::counter,
       "outcomes that no coordinator could take, set aside by this worker"},
      {"jobfarm_worker_link_up", kind::gauge,
       "1 while a coordinator has welcomed this worker"},
      {"jobfarm_store_commit_duration_seconds", kind::histogram,
       "until a batch is on disk"},
      {"jobfarm_store_bytes", kind::gauge, "size of the store's files"},
      {"jobfarm_store_failures_total", kind::counter, "commits that failed"},
      {"jobfarm_store_damages_total", kind::counter,
       "texts of postings that were found to be damaged on disk"},
      {"jobfarm_http_requests_total", kind::counter, "answers of the API"},
      {"jobfarm_http_request_duration_seconds", kind::histogram,
       "from a whole request to its answer"},
      {"jobfarm_auth_failures_total", kind::counter,
       "requests without a good token"},
      {dropped, kind::counter, "series that would have been too many"},
  };
  return all;
}

struct metrics::implementation {
  template <class T>
  using families = std::unordered_map<std::string_view, prometheus::Family<T>*>;

  void add(const metric& one) {
    std::string name{one.name};
    std::string help{one.help};
    switch (one.kind) {
      case metric_kind::counter:
        counters[one.name] =
            &prometheus::BuildCounter().Name(name).Help(help).Register(
                registry);
        break;
      case metric_kind::gauge:
        gauges[one.name] =
            &prometheus::BuildGauge().Name(name).Help(help).Register(registry);
        break;
      case metric_kind::histogram:
        histograms[one.name] =
            &prometheus::BuildHistogram().Name(name).Help(help).Register(
                registry);
        break;
    }
  }

  /// True if that series is known or there is room for it. A histogram is as
  /// many series as it has buckets, and three.
  bool admit(std::string_view name, const labels& of, std::size_t cost) {
    std::string key{name};
    for (const auto& [label, value] : of)
      key += '\n' + label + '=' + value;
    std::lock_guard lock(mutex);
    if (known.count(key) != 0)
      return true;
    if (series + cost > most_series)
      return false;
    series += cost;
    known.insert(std::move(key));
    return true;
  }

  std::mutex mutex;
  std::set<std::string> known;
  std::size_t series = 1;
  std::size_t most_series = 0;
  prometheus::Registry registry;
  families<prometheus::Counter> counters;
  families<prometheus::Gauge> gauges;
  families<prometheus::Histogram> histograms;
  std::mutex updates_mutex;
  std::vector<std::function<void(metrics&)>> updates;
};

metrics::metrics(std::size_t most_series)
    : held_(std::make_unique<implementation>()) {
  held_->most_series = most_series;
  for (const auto& one : all_metrics())
    held_->add(one);
  held_->counters[dropped]->Add({});
}

metrics::~metrics() = default;

void metrics::count(std::string_view name, const labels& of, double by) {
  auto found = held_->counters.find(name);
  if (found == held_->counters.end() || by < 0)
    return;
  if (held_->admit(name, of, 1))
    found->second->Add(of).Increment(by);
  else
    held_->counters[dropped]->Add({}).Increment();
}

void metrics::set(std::string_view name, const labels& of, double value) {
  auto found = held_->gauges.find(name);
  if (found != held_->gauges.end() && held_->admit(name, of, 1))
    found->second->Add(of).Set(value);
}

void metrics::observe(std::string_view name, const labels& of, double value) {
  auto found = held_->histograms.find(name);
  if (found != held_->histograms.end()
      && held_->admit(name, of, seconds_buckets.size() + 3))
    found->second->Add(of, seconds_buckets).Observe(value);
}

void metrics::before_reading(std::function<void(metrics&)> update) {
  std::lock_guard lock(held_->updates_mutex);
  held_->updates.push_back(std::move(update));
}

std::string metrics::text() {
  {
    std::lock_guard lock(held_->updates_mutex);
    for (const auto& update : held_->updates)
      update(*this);
  }
  return prometheus::TextSerializer().Serialize(held_->registry.Collect());
}

std::string to_openmetrics(std::string_view classic) {
  constexpr std::string_view total = "_total";
  std::string out;
  for (std::size_t begin = 0; begin < classic.size();) {
    auto end = std::min(classic.find('\n', begin), classic.size());
    auto line = classic.substr(begin, end - begin);
    begin = end + 1;
    auto space = line.find(' ', line.find(' ', 2) + 1);
    auto name = line.substr(0, space);
    auto is_about_counter = line.substr(0, 2) == "# " && space != line.npos
                            && name.size() > total.size()
                            && name.substr(name.size() - total.size()) == total;
    if (is_about_counter)
      name.remove_suffix(total.size());
    out += name;
    if (space != line.npos)
      out += line.substr(space);
    out += '\n';
  }
  return out + "# EOF\n";
}

} // namespace jobfarm::watch
