#include "cli/commands.hpp"

#include "actors/watch/process_metrics.hpp"
#include "cli/cluster_client.hpp"
#include "cli/console.hpp"
#include "cli/farm_setup.hpp"
#include "cli/interrupt.hpp"
#include "cli/places.hpp"
#include "cli/version.hpp"
#include "nodes/farm.hpp"
#include "nodes/gateway/gateway.hpp"
#include "nodes/gateway/local_farm.hpp"

#include <sodium.h>

#include <filesystem>
#include <fstream>
#include <thread>

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
  auto file = given.text("tokens");
  if (file.empty())
    file = data_dir(given) + "/tokens";
  if (std::error_code ignored; !std::filesystem::exists(file, ignored))
    if (auto made = write_own_token(given, file); !made)
      return made.error();
  return gate::token_table::read(file);
}

expected<gate::gateway_options> gateway_options_of(const settings& given) {
  if (sodium_init() < 0)
    return fail(errc::internal, "no source of random numbers");
  gate::gateway_options options;
  auto port = given.count("http-port").value_or(0);
  if (port > 65535)
    return fail(errc::invalid_input, "--http-port takes 0 to 65535");
  options.http.port = static_cast<std::uint16_t>(port);
  options.http.address = given.text("http-address");
  options.version = version_text();
  auto tokens = tokens_of(given);
  if (!tokens)
    return tokens.error();
  options.tokens = *std::move(tokens);
  return options;
}

int serve(const settings& given, nodes::farm& farm, gate::gateway& gateway) {
  auto address = given.text("http-address");
  print("http://" + address + ':' + std::to_string(gateway.port()) + '\n');
  std::fflush(stdout);
  say(given, "serving; Ctrl-C ends it");
  while (!interrupt_watch::requested()) {
    if (auto lost = farm.lost())
      return complain(*lost);
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  return exit_done;
}

int run(const settings& given) {
  if (given.text("role") != "all")
    return complain(fail(errc::invalid_input, "--role takes all, not \""
                                                  + given.text("role") + '"'));
  auto options = farm_options_of(given);
  if (!options)
    return complain(options.error());
  auto gateway_options = gateway_options_of(given);
  if (!gateway_options)
    return complain(gateway_options.error());
  interrupt_watch interrupts;
  auto sources = options->sources;
  auto farm = nodes::farm::start(*std::move(options));
  if (!farm)
    return complain(farm.error());
  gate::local_farm port(
      **farm, {sources, given.text("name"), gateway_options->version});
  auto resumed = port.resume_all();
  if (!resumed)
    return complain(resumed.error());
  if (*resumed > 0)
    say(given, "going on with " + std::to_string(*resumed) + " queries");
  auto metrics = std::make_shared<watch::metrics>();
  watch::add_process_metrics(*metrics, gateway_options->version);
  auto gateway =
      gate::gateway::start(*std::move(gateway_options), port, metrics);
  if (!gateway)
    return complain(gateway.error());
  return serve(given, **farm, **gateway);
}

} // namespace

const command node_command = {
    "node",
    "Run a node: a farm with its REST interface, until it is stopped",
    "",
    0,
    {
        {"role", value_kind::text, "ROLE", "all", "all"},
        {"name", value_kind::text, "NAME", "what the node is called", "local"},
        {"http-address", value_kind::text, "ADDRESS",
         "where the REST interface listens", "127.0.0.1"},
        {"http-port", value_kind::count, "P", "0 takes a free one", "8470"},
        {"tokens", value_kind::file, "FILE",
         "hashes of the tokens that are let in (default: tokens in the data "
         "directory)"},
        {"workers", value_kind::count, "N", "collectors", "3"},
        {"boards-url", value_kind::text, "URL",
         "ask a simulator or mirror at URL/SOURCE instead of the sources"},
        {"allow-host", value_kind::list, "NAME",
         "private or loopback host that may be fetched"},
    },
    {"jobfarm node --role all --config /etc/jobfarm/config.toml",
     "jobfarm node --http-port 0 --boards-url http://127.0.0.1:8080"},
    run,
};

} // namespace jobfarm::cli
