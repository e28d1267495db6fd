#include "actors/watch/worker_metrics.hpp"

#include "actors/watch/actor_log.hpp"
#include "actors/watch/log.hpp"

namespace jobfarm::watch {

worker_metrics::worker_metrics(std::shared_ptr<metrics> into,
                               const std::vector<std::string>& sources)
    : into_(std::move(into)) {
  for (const auto& source : sources)
    into_->count("jobfarm_worker_pages_total",
                 {{"source", source}, {"code", "ok"}}, 0);
  begin_actor_losses(*into_);
  into_->count("jobfarm_worker_unfit_outcomes_total", {}, 0);
  into_->set("jobfarm_worker_link_up", {}, 0);
  on_tasks(0, 0, 0);
}

void worker_metrics::on_actor_lost(std::string_view child, const failure& why) {
  count_actor_loss(*into_, child, why);
}

void worker_metrics::on_page(const page_report& page) {
  log_page(page, {});
  std::string code{page.failed ? to_string(page.failed->code) : "ok"};
  into_->count("jobfarm_worker_pages_total",
               {{"source", page.source}, {"code", code}});
  if (page.timings.fetch_us > 0)
    into_->observe("jobfarm_worker_fetch_duration_seconds",
                   {{"source", page.source}},
                   static_cast<double>(page.timings.fetch_us) / 1e6);
}

void worker_metrics::on_tasks(std::size_t waiting, std::size_t in_hand,
                              std::size_t unsettled) {
  auto tell = [&](const char* state, std::size_t count) {
    into_->set("jobfarm_worker_tasks", {{"state", state}},
               static_cast<double>(count));
  };
  tell("waiting", waiting);
  tell("in_hand", in_hand);
  tell("unsettled", unsettled);
}

void worker_metrics::on_unfit_outcome(std::string_view task_id,
                                      const failure& why,
                                      const expected<std::string>& kept) {
  into_->count("jobfarm_worker_unfit_outcomes_total", {});
  auto text = "the coordinator cannot take the outcome of task "
              + std::string{task_id} + ": " + why.detail;
  if (!kept)
    text += "; it could not be set aside: " + kept.error().detail;
  else if (!kept->empty())
    text += "; it is in " + *kept;
  log(log_level::error, "unfit_outcome", text);
}

void worker_metrics::on_link(bool is_up) {
  into_->set("jobfarm_worker_link_up", {}, is_up ? 1 : 0);
  log(is_up ? log_level::info : log_level::warn,
      is_up ? "link_up" : "link_down",
      is_up ? "a coordinator has welcomed this node"
            : "no coordinator answers");
}

} // namespace jobfarm::watch
