#include "actors/watch/farm_metrics.hpp"

#include "actors/watch/actor_log.hpp"
#include "actors/watch/log.hpp"

#include <chrono>

namespace jobfarm::watch {

namespace {

constexpr double microsecond = 1e-6;

double seconds_of(std::int64_t microseconds) {
  return static_cast<double>(microseconds) * microsecond;
}

} // namespace

farm_metrics::farm_metrics(std::shared_ptr<metrics> into,
                           const std::vector<std::string>& sources)
    : into_(std::move(into)),
      oldest_(std::make_shared<std::atomic<steady_time>>(no_time)) {
  for (const auto& source : sources) {
    into_->count("jobfarm_fetch_total", {{"source", source}, {"code", "ok"}},
                 0);
    into_->count("jobfarm_fetch_bytes_total", {{"source", source}}, 0);
    for (const auto* stage :
         {"handed_out", "stored", "merged", "rejected", "seen_again"})
      into_->count("jobfarm_postings_total",
                   {{"source", source}, {"stage", stage}}, 0);
    for (const auto* end : {"done", "dead", "again"})
      into_->count("jobfarm_tasks_total", {{"source", source}, {"end", end}},
                   0);
  }
  for (const auto* what :
       {"host_paused", "circuit_open", "circuit_closed", "host_given_up"})
    into_->count("jobfarm_host_events_total", {{"event", what}}, 0);
  into_->count("jobfarm_store_failures_total", {}, 0);
  for (auto kind : {"merged", "seen_again"})
    into_->count("jobfarm_duplicates_total", {{"kind", kind}}, 0);
  into_->count("jobfarm_store_damages_total", {}, 0);
  begin_actor_losses(*into_);
  on_frontier(0, 0, std::nullopt);
  into_->before_reading([oldest = oldest_](metrics& to) {
    auto since = oldest->load();
    auto age = since == no_time ? std::chrono::duration<double>{0}
                                : std::chrono::steady_clock::now() - since;
    to.set("jobfarm_queue_oldest_seconds", {{"stage", "lent"}}, age.count());
  });
}

void farm_metrics::on_actor_lost(std::string_view child, const failure& why) {
  count_actor_loss(*into_, child, why);
}

void farm_metrics::on_settled(const page_report& page,
                              const task_counts& counts, bool is_done,
                              bool is_dead) {
  log_page(page, counts, is_dead);
  const auto& source = page.source;
  std::string code{page.failed ? to_string(page.failed->code) : "ok"};
  into_->count("jobfarm_fetch_total", {{"source", source}, {"code", code}});
  into_->count("jobfarm_fetch_bytes_total", {{"source", source}},
               static_cast<double>(page.bytes));
  if (page.timings.fetch_us > 0)
    into_->observe("jobfarm_fetch_duration_seconds", {{"source", source}},
                   seconds_of(page.timings.fetch_us));
  if (!page.failed) {
    into_->observe("jobfarm_stage_duration_seconds", {{"stage", "parse"}},
                   seconds_of(page.timings.parse_us));
    into_->observe("jobfarm_stage_duration_seconds", {{"stage", "normalize"}},
                   seconds_of(page.timings.normalize_us));
  }
  auto add = [&](const char* stage, std::int64_t by) {
    if (by > 0)
      into_->count("jobfarm_postings_total",
                   {{"source", source}, {"stage", stage}},
                   static_cast<double>(by));
  };
  add("handed_out", counts.handed_out);
  add("stored", counts.stored);
  add("merged", counts.merged);
  add("rejected", counts.rejected);
  add("seen_again", counts.seen_again);
  if (counts.merged > 0)
    into_->count("jobfarm_duplicates_total", {{"kind", "merged"}},
                 static_cast<double>(counts.merged));
  if (counts.seen_again > 0)
    into_->count("jobfarm_duplicates_total", {{"kind", "seen_again"}},
                 static_cast<double>(counts.seen_again));
  into_->count("jobfarm_tasks_total", {{"source", source},
                                       {"end", is_dead   ? "dead"
                                               : is_done ? "done"
                                                         : "again"}});
}

void farm_metrics::on_frontier(std::size_t waiting, std::size_t lent,
                               std::optional<steady_time> oldest) {
  oldest_->store(oldest.value_or(no_time));
  into_->set("jobfarm_queue_depth", {{"stage", "waiting"}},
             static_cast<double>(waiting));
  into_->set("jobfarm_queue_depth", {{"stage", "lent"}},
             static_cast<double>(lent));
}

void farm_metrics::on_host(const host_report& report) {
  auto is_over = report.what == "circuit_closed";
  log(is_over ? log_level::info : log_level::warn, report.what, report.text,
      {{"host", report.host}});
  into_->count("jobfarm_host_events_total",
               {{"event", std::string{report.what}}});
}

void farm_metrics::on_damage(const failure& what) {
  into_->count("jobfarm_store_damages_total", {});
  log(log_level::error, "store_damaged", what.detail);
}

void farm_metrics::on_commit(double seconds, bool is_good) {
  into_->observe("jobfarm_store_commit_duration_seconds", {}, seconds);
  if (is_good)
    return;
  into_->count("jobfarm_store_failures_total", {});
  log(log_level::error, "commit_failed", "the store did not take a batch");
}

} // namespace jobfarm::watch
