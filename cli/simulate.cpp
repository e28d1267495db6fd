#include "cli/commands.hpp"

#include "cli/console.hpp"
#include "cli/interrupt.hpp"
#include "cli/option_checks.hpp"
#include "cli/scenario_options.hpp"
#include "nodes/simulator/simulator.hpp"

#include <thread>

namespace jobfarm::cli {

namespace {

int run_simulate(const settings& given) {
  auto what = scenario_of(given);
  if (!what)
    return complain(what.error());
  auto port = given.count("port").value_or(0);
  interrupt_watch interrupts;
  auto running = nodes::simulator::start(
      {static_cast<std::uint16_t>(port), *std::move(what)});
  if (!running)
    return complain(running.error());
  print_value(given, "url", (*running)->url());
  say(given, "serving " + std::to_string((*running)->boards().size())
                 + " boards; Ctrl-C ends it");
  while (!interrupt_watch::requested())
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  return exit_done;
}

} // namespace

const command simulate_command = {
    "simulate",
    "Serve made-up boards of all eleven sources on loopback, with scripted "
    "faults",
    "",
    0,
    {
        {"port", value_kind::count, "P", "0 takes a free one", "0", false,
         whole_number<0, 65535>},
        {"scenario", value_kind::file, "FILE",
         "TOML, see deploy/scenario.toml"},
        {"seed", value_kind::count, "N", "the same seed gives the same jobs"},
        {"postings", value_kind::count, "N", "postings in all (default: 2000)",
         "", false, whole_number<1, most_postings>},
    },
    {"jobfarm simulate --port 8080 --scenario deploy/scenario.toml",
     "jobfarm collect --boards-url http://127.0.0.1:8080 --out jobs.xlsx"},
    run_simulate,
};

} // namespace jobfarm::cli
