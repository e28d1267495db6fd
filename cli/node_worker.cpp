#include "cli/node_worker.hpp"

#include "actors/watch/process_metrics.hpp"
#include "actors/watch/worker_metrics.hpp"
#include "cli/console.hpp"
#include "cli/farm_setup.hpp"
#include "cli/interrupt.hpp"
#include "cli/key_files.hpp"
#include "cli/logging.hpp"
#include "cli/node_parts.hpp"
#include "cli/places.hpp"
#include "cli/version.hpp"
#include "nodes/gateway/health_pages.hpp"
#include "nodes/link/keys.hpp"
#include "nodes/worker.hpp"

#include <utility>

namespace jobfarm::cli {

namespace {

expected<nodes::worker_options> worker_options_of(const settings& given) {
  auto farm = farm_options_of(given);
  if (!farm)
    return farm.error();
  nodes::worker_options options;
  options.name = given.text("name");
  for (const auto& one : given.list("coordinator"))
    options.coordinators.push_back(endpoint_of(one));
  if (options.coordinators.empty())
    return fail(errc::invalid_input,
                "a worker needs --coordinator ADDRESS:PORT");
  options.key_file = key_file_of(given, options.name);
  auto key = nodes::link_layer::key_from_hex(given.text("coordinator-key"));
  if (!key)
    return fail(errc::invalid_input,
                "--coordinator-key takes the coordinator's public key: "
                    + key.error().detail);
  options.coordinator_key = *std::move(key);
  options.gazetteer_file = farm->gazetteer_file;
  options.program_version = version_text();
  options.tags = given.list("tag");
  options.crew.workers = farm->workers;
  options.crew.sources = farm->sources;
  options.crew.allowed_hosts = farm->allowed_hosts;
  options.crew.request_timeout = farm->request_timeout;
  options.crew.credentials = farm->credentials;
  // Workers of one machine may share a data directory, but not a cache.
  options.crew.page_cache_dir = farm->page_cache_dir + '-' + options.name;
  options.set_aside_dir = data_dir(given) + "/set-aside-" + options.name;
  options.crew.proxies = farm->proxies;
  options.crew.user_agents = farm->user_agents;
  options.crew.browser = farm->browser;
  options.crew.faults = faults_of(given);
  options.note = note_line;
  return options;
}

/// Serves a worker's health pages if they are asked for; null if not.
expected<std::unique_ptr<nodes::http_server>>
serve_worker(const settings& given, const nodes::worker& whose,
             std::shared_ptr<watch::metrics> figures) {
  if (!given.has("metrics-port"))
    return std::unique_ptr<nodes::http_server>{};
  auto server = nodes::gateway::serve_health_pages(
      http_options_of(given, "metrics-port"), std::move(figures), [&whose] {
        return std::string{whose.is_connected()
                               ? ""
                               : "no coordinator has welcomed this node"};
      });
  if (server)
    print_url(given, (*server)->port());
  return server;
}

} // namespace

int run_worker(const settings& given) {
  auto options = worker_options_of(given);
  if (!options)
    return complain(options.error());
  begin_log(given);
  auto metrics = std::make_shared<watch::metrics>();
  watch::add_process_metrics(*metrics, version_text());
  options->told =
      std::make_shared<watch::worker_metrics>(metrics, source_names());
  interrupt_watch interrupts;
  auto faults = options->crew.faults;
  auto running = nodes::worker::start(*std::move(options));
  if (!running)
    return complain(running.error());
  auto health = serve_worker(given, **running, metrics);
  if (!health)
    return complain(health.error());
  say(given, "working; Ctrl-C drains it");
  auto is_draining = false;
  for (;;) {
    auto ended = (*running)->wait(look_every);
    if (ended)
      return *ended ? exit_done : complain(ended->error());
    pass_pulse(*faults);
    if (interrupt_watch::requested() && !std::exchange(is_draining, true))
      (*running)->drain();
  }
}

} // namespace jobfarm::cli
