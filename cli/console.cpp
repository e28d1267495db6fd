#include "cli/console.hpp"

#include "cli/settings.hpp"
#include "messages/json_writer.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
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

/// Why the first write to stdout failed; 0 if none did.
int print_error = 0;

/// One that takes control sequences.
bool is_terminal(int stream) {
  const char* term = std::getenv("TERM");
  return ::isatty(stream) != 0 && term && std::string_view{term} != "dumb";
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

void complain_of_line(std::size_t number, std::string_view text) {
  auto line = "line " + std::to_string(number) + ": ";
  line += text;
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void say(const settings& given, std::string_view text) {
  if (!given.flag("quiet"))
    write_line(text);
}

bool print(std::string_view text) {
  auto written = std::fwrite(text.data(), 1, text.size(), stdout);
  if (written == text.size() && std::fflush(stdout) == 0)
    return true;
  if (print_error == 0)
    print_error = errno;
  return false;
}

void print_value(const settings& given, std::string_view name,
                 std::string_view value) {
  std::string line;
  if (given.flag("json")) {
    json::object_writer row(line);
    row.member(name, value);
    row.close();
  } else {
    line = value;
  }
  line += '\n';
  print(line);
}

bool can_print() {
  return print_error == 0;
}

int finish(int code) {
  if (print_error == 0 || print_error == EPIPE)
    return code;
  return complain(
      fail(errc::store_failed, std::string{"cannot write to stdout: "}
                                   + std::strerror(print_error)));
}

void hold_standard_streams() {
  // Opened the wrong way round, so that using them fails as if still closed.
  constexpr int modes[] = {O_WRONLY, O_RDONLY, O_RDWR};
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream)
    if (::fcntl(stream, F_GETFD) == -1)
      ::open("/dev/null", modes[stream]);
}

bool stderr_is_terminal() {
  return is_terminal(STDERR_FILENO);
}

bool has_colour(const settings& given, int stream) {
  auto when = given.text("color");
  const char* no_color = std::getenv("NO_COLOR");
  return when == "always"
         || (when != "never" && is_terminal(stream) && !(no_color && *no_color)
             && !given.flag("no-color"));
}

std::string painted(std::string text, tone how, bool has_colour) {
  // ECMA-48 8.3.117: green, yellow, red.
  constexpr std::string_view codes[] = {"\x1b[32m", "\x1b[33m", "\x1b[31m"};
  if (!has_colour)
    return text;
  text.insert(0, codes[static_cast<std::size_t>(how)]);
  return text + "\x1b[0m";
}

} // namespace jobfarm::cli
