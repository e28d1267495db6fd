#include "cli/version.hpp"

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/settings.hpp"
#include "messages/json_writer.hpp"

namespace jobfarm::cli {

std::string version_text() {
  return JOBFARM_VERSION;
}

std::string version_line() {
  return "jobfarm " JOBFARM_VERSION "\n";
}

namespace {

int run(const settings& given) {
  if (!given.flag("json")) {
    print(version_line());
    return exit_done;
  }
  std::string line;
  json::object_writer row(line);
  row.member("version", version_text()).member("compiler", __VERSION__);
  row.close();
  print(line + '\n');
  return exit_done;
}

} // namespace

const command version_command = {
    "version", "Which jobfarm this is",
    "",        0,
    {},        {"jobfarm version", "jobfarm version --json | jq -r .version"},
    run,
};

} // namespace jobfarm::cli
