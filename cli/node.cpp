#include "cli/commands.hpp"

#include "actors/watch/farm_metrics.hpp"
#include "actors/watch/probe_pair.hpp"
#include "actors/watch/process_metrics.hpp"
#include "actors/watch/source_health.hpp"
#include "cli/clock.hpp"
#include "cli/cluster_client.hpp"
#include "cli/console.hpp"
#include "cli/farm_setup.hpp"
#include "cli/interrupt.hpp"
#include "cli/key_files.hpp"
#include "cli/logging.hpp"
#include "cli/node_parts.hpp"
#include "cli/node_worker.hpp"
#include "cli/option_checks.hpp"
#include "cli/places.hpp"
#include "cli/version.hpp"
#include "nodes/farm.hpp"
#include "nodes/gateway/farm_gauges.hpp"
#include "nodes/gateway/gateway.hpp"
#include "nodes/gateway/local_farm.hpp"
#include "nodes/gateway/relay.hpp"
#include "nodes/link/keys.hpp"

#include <sodium.h>

#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

#include <sys/stat.h>

namespace jobfarm::cli {

namespace {

namespace gate = nodes::gateway;

/// The token of whoever may read this node's data directory, made at the
/// first start.
expected<void> write_own_token(const settings& given,
                               const std::string& tokens) {
  auto token = gate::add_token(tokens, "local", gate::role::admin);
  if (!token)
    return token.error();
  auto file = own_token_file(given);
  auto before = ::umask(077);
  std::ofstream out(file, std::ios::trunc);
  out << *token << '\n';
  out.close();
  ::umask(before);
  if (!out)
    return fail(errc::invalid_input, "cannot write " + file);
  say(given, "made an admin token: " + file);
  return {};
}

expected<gate::token_table> tokens_of(const settings& given) {
  auto file = tokens_file(given);
  if (std::error_code ignored; !std::filesystem::exists(file, ignored))
    if (auto made = write_own_token(given, file); !made)
      return made.error();
  return gate::token_table::read(file);
}

expected<gate::gateway_options> gateway_options_of(const settings& given) {
  if (sodium_init() < 0)
    return fail(errc::internal, "no source of random numbers");
  gate::gateway_options options;
  options.http = http_options_of(given);
  options.version = version_text();
  auto tokens = tokens_of(given);
  if (!tokens)
    return tokens.error();
  options.tokens = *std::move(tokens);
  options.known_boards = [given] { return boards_of(given); };
  return options;
}

/// Serves until it is interrupted, or something is `lost`, which waits for that
/// as long as signals may.
template <class Lost>
int serve(const settings& given, std::uint16_t port, Lost lost) {
  print_url(given, port);
  say(given, "serving; Ctrl-C ends it");
  while (!interrupt_watch::requested()) {
    if (std::optional<failure> why = lost())
      return complain(*why);
  }
  return exit_done;
}

expected<void> open_link(const settings& given, nodes::farm& farm,
                         std::shared_ptr<watch::fail_points> faults,
                         std::shared_ptr<nodes::fault_desk> desk) {
  nodes::link_options link;
  link.faults = std::move(faults);
  link.desk = std::move(desk);
  link.listen = endpoint_of(given.has("link-listen") ? given.text("link-listen")
                                                     : standard_link);
  link.key_file = key_file_of(given, given.text("name"));
  link.allow_file = allow_file_of(given);
  link.program_version = version_text();
  link.note = note_line;
  if (auto opened = farm.open_link(link); !opened)
    return opened;
  say(given, "workers may dial " + farm.link_address());
  return {};
}

/// Runs a farm: with collectors of its own, or as the coordinator of workers.
int run_farm(const settings& given, bool has_workers) {
  auto options = farm_options_of(given);
  if (!options)
    return complain(options.error());
  if (!has_workers)
    options->workers = 0;
  auto gateway_options = gateway_options_of(given);
  if (!gateway_options)
    return complain(gateway_options.error());
  begin_log(given);
  auto metrics = std::make_shared<watch::metrics>();
  watch::add_process_metrics(*metrics, gateway_options->version);
  auto health = std::make_shared<watch::source_health>(now_utc);
  options->told = std::make_shared<watch::probe_pair>(
      std::make_shared<watch::farm_metrics>(metrics, source_names()), health);
  options->note_damage = [told = options->told](const failure& what) {
    told->on_damage(what);
  };
  auto faults = faults_of(given);
  auto desk = std::make_shared<nodes::fault_desk>(faults);
  options->faults = faults;
  gateway_options->faults = desk;
  interrupt_watch interrupts;
  watch::add_store_size(*metrics, options->store_dir);
  auto sources = options->sources;
  auto farm = nodes::farm::start(*std::move(options));
  if (!farm)
    return complain(farm.error());
  gate::local_farm port(**farm,
                        {sources, given.text("name"), gateway_options->version,
                         given.text("role"), health});
  auto resumed = port.resume_all();
  if (!resumed)
    return complain(resumed.error());
  if (*resumed > 0)
    say(given, "going on with " + std::to_string(*resumed) + " queries");
  if (!has_workers || given.has("link-listen"))
    if (auto opened = open_link(given, **farm, faults, desk); !opened)
      return complain(opened.error());
  gate::add_farm_gauges(*metrics, port);
  auto gateway =
      gate::gateway::start(*std::move(gateway_options), port, metrics);
  if (!gateway)
    return complain(gateway.error());
  return serve(given, (*gateway)->port(), [&] {
    pass_pulse(*faults);
    return (*farm)->lost(look_every);
  });
}

/// Serves what a coordinator elsewhere answers.
int run_gateway(const settings& given) {
  gate::relay_options options;
  options.coordinators = given.list("coordinator");
  options.http = http_options_of(given);
  interrupt_watch interrupts;
  auto gateway = gate::relay::start(std::move(options));
  if (!gateway)
    return complain(gateway.error());
  return serve(given, (*gateway)->port(), [] {
    std::this_thread::sleep_for(look_every);
    return std::optional<failure>{};
  });
}

int run_node(const settings& given) {
  auto role = given.text("role");
  if (role == "all" || role == "coordinator")
    return run_farm(given, role == "all");
  if (role == "worker")
    return run_worker(given);
  return run_gateway(given);
}

std::optional<std::string> node_name(const option& opt,
                                     std::string_view value) {
  if (nodes::link_layer::is_node_name(std::string{value}))
    return std::nullopt;
  return refusal(opt, "1 to 64 letters, digits, '.', '_' or '-'", value);
}

} // namespace

const command node_command = {
    "node",
    "Run a node: a farm with its REST interface, until it is stopped",
    "",
    0,
    with_fetch_options({
        {"role", value_kind::text, "ROLE",
         "all, coordinator, worker or gateway", "all", false,
         [](const option& opt, std::string_view value) {
           return one_of(opt, value,
                         {"all", "coordinator", "worker", "gateway"});
         }},
        {"name", value_kind::text, "NAME", "what the node is called", "local",
         false, node_name},
        {"http-address", value_kind::text, "ADDRESS",
         "where the REST interface listens", "127.0.0.1"},
        {"http-port", value_kind::count, "P", "0 takes a free one", "8470",
         false, whole_number<0, 65535>},
        {"metrics-port", value_kind::count, "P",
         "of a worker: serve /healthz, /readyz and /metrics there, without "
         "tokens (default: nowhere)",
         "", false, whole_number<0, 65535>},
        {"tokens", value_kind::file, "FILE",
         "hashes of the tokens that are let in (default: tokens in the data "
         "directory)"},
        {"link-listen", value_kind::text, "ADDRESS:PORT",
         "where workers dial in (a coordinator's default: 127.0.0.1:7411)"},
        {"coordinator", value_kind::list, "ADDRESS:PORT",
         "of a worker: coordinators to dial, tried in turn; of a gateway: "
         "their "
         "URLs"},
        {"coordinator-key", value_kind::text, "HEX",
         "of a worker: the coordinator's public key"},
        {"keys-dir", value_kind::file, "DIR",
         "see jobfarm keys (default: keys in the data directory)"},
        {"tag", value_kind::list, "TAG", "of a worker: what it is good for"},
        {"log-format", value_kind::text, "FORM",
         "json, text or auto (text on a terminal)", "auto", false,
         [](const option& opt, std::string_view value) {
           return one_of(opt, value, {"auto", "json", "text"});
         }},
        {"allow-faults", value_kind::flag, "",
         "let jobfarm fault inject trouble, for tests of the farm"},
        {"boards-url", value_kind::text, "URL",
         "ask a simulator or mirror at URL/SOURCE instead of the sources", "",
         false, web_address},
    }),
    {"jobfarm node --role all --config /etc/jobfarm/config.toml",
     "jobfarm node --role coordinator --name main --link-listen 0.0.0.0:7411",
     "jobfarm node --role worker --name w1 --coordinator main.example:7411 "
     "--coordinator-key HEX",
     "jobfarm node --role gateway --coordinator http://main.example:8080",
     "jobfarm node --http-port 0 --boards-url http://127.0.0.1:8080"},
    run_node,
};

} // namespace jobfarm::cli
