#include "actors/library_at_need.hpp"
#include "cli/arguments.hpp"
#include "cli/console.hpp"
#include "cli/help.hpp"
#include "cli/version.hpp"

#include <clocale>
#include <csignal>
#include <exception>

namespace {

using namespace jobfarm;
using namespace jobfarm::cli;

int run(const std::vector<std::string>& words) {
  auto asked = read_command_line(words);
  if (!asked)
    return complain(asked.error());
  switch (asked->what) {
    case request::kind::overview: print(overview()); return exit_done;
    case request::kind::version: print(version_line()); return exit_done;
    case request::kind::help:
      print(help_of(*asked->given.chosen));
      return exit_done;
    case request::kind::run: break;
  }
  return asked->given.chosen->run(asked->given);
}

} // namespace

int main(int argc, char** argv) {
  // Names of hosts may be international; a reader that goes away is no crash.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  std::signal(SIGPIPE, SIG_IGN);
  // A limit on file sizes is an error of the write, like a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  hold_standard_streams();
  try {
    return finish(run({argv + 1, argv + argc}));
  } catch (const missing_library& e) {
    return complain(fail(errc::invalid_input, e.what()));
  } catch (const std::exception& e) {
    return complain(fail(errc::internal, std::string{"defect: "} + e.what()));
  }
}
