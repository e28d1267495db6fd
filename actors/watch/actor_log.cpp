#include "actors/watch/actor_log.hpp"

#include "actors/watch/log.hpp"

#include <string>

namespace jobfarm::watch {

namespace {

std::string_view kind_of(std::string_view child) {
  return child.substr(0, child.find('-'));
}

} // namespace

void log_page(const page_report& page, const task_counts& counts,
              bool is_dead) {
  if (!page.failed) {
    log(log_level::debug, "page_done", "",
        {{"query_id", page.query_id},
         {"task_id", page.task_id},
         {"source", page.source},
         {"actor", page.worker},
         {"handed_out", counts.handed_out},
         {"stored", counts.stored},
         {"duration_ms", page.timings.fetch_us / 1000}});
    return;
  }
  log(is_dead ? log_level::warn : log_level::info,
      is_dead ? "task_given_up" : "page_failed", page.failed->detail,
      {{"query_id", page.query_id},
       {"task_id", page.task_id},
       {"source", page.source},
       {"actor", page.worker},
       {"code", to_string(page.failed->code)},
       {"attempt", std::int64_t{page.attempt} + 1}});
}

void begin_actor_losses(metrics& into) {
  for (const auto* kind :
       {"fetcher", "normalizer", "collectors", "collector", "pulse"})
    into.count("jobfarm_actor_restarts_total", {{"kind", kind}}, 0);
}

void count_actor_loss(metrics& into, std::string_view child,
                      const failure& why) {
  into.count("jobfarm_actor_restarts_total",
             {{"kind", std::string{kind_of(child)}}});
  log(log_level::warn, "actor_lost", why.detail,
      {{"actor", std::string{child}}, {"code", to_string(why.code)}});
}

} // namespace jobfarm::watch
