#include "cli/console.hpp"

#include "cli/settings.hpp"

#include <cstdio>
#include <cstdlib>

#include <unistd.h>

namespace jobfarm::cli {

namespace {

int exit_code_of(errc code) {
  switch (code) {
    case errc::invalid_input:
    case errc::bad_payload:
    case errc::schema_changed:
    case errc::bot_detected:
    case errc::not_found: return exit_usage;
    case errc::connect_failed:
    case errc::dns_failed:
    case errc::tls_failed:
    case errc::timeout:
    case errc::store_failed: return exit_nothing;
    case errc::internal: return exit_defect;
    default: return exit_no;
  }
}

void write_line(std::string_view text) {
  std::string line = "jobfarm: ";
  line += text;
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

} // namespace

void complain(std::string_view text) {
  write_line(text);
}

int complain(const failure& why) {
  write_line(why.detail + " (" + std::string{to_string(why.code)} + ')');
  return exit_code_of(why.code);
}

void say(const settings& given, std::string_view text) {
  if (!given.flag("quiet"))
    write_line(text);
}

bool print(std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
}

bool stderr_is_terminal() {
  const char* term = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) != 0 && term
         && std::string_view{term} != "dumb";
}

bool stderr_has_colour(const settings& given) {
  const char* no_color = std::getenv("NO_COLOR");
  return stderr_is_terminal() && !(no_color && *no_color)
         && !given.flag("no-color");
}

} // namespace jobfarm::cli
