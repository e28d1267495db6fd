#pragma once

#include "actors/watch/metrics.hpp"
#include "actors/watch/probe.hpp"

#include <string_view>

/// What nodes of every role log and count in the same way.
namespace jobfarm::watch {

/// One page: at `debug` where it went well, `info` where it will be tried
/// again, `warn` where it was given up.
void log_page(const page_report& page, const task_counts& counts,
              bool is_dead = false);

/// Has the series of `count_actor_loss` there from the start.
void begin_actor_losses(metrics& into);

/// A supervised actor is lost. The kind of `collector-2` is `collector`.
void count_actor_loss(metrics& into, std::string_view child,
                      const failure& why);

} // namespace jobfarm::watch
