#include "cli/node_parts.hpp"

#include "actors/sources/source.hpp"
#include "cli/console.hpp"
#include "cli/places.hpp"
#include "nodes/descriptor_room.hpp"

#include <algorithm>
#include <csignal>

namespace jobfarm::cli {

namespace {

/// Fewer connections than this are worth a word.
constexpr std::size_t few_connections = 1024;

void tell_of_few_connections(const settings& given, std::size_t wanted) {
  const auto limit = nodes::descriptor_limit();
  const auto most = nodes::connections_within(limit, wanted);
  if (most < std::min(few_connections, wanted))
    say(given, "open files are limited to " + std::to_string(limit)
                   + ": at most " + std::to_string(most)
                   + " connections at the same time; raise the limit with "
                     "ulimit -n or LimitNOFILE=");
}

} // namespace

nodes::http_server_options http_options_of(const settings& given,
                                           const std::string& flag) {
  nodes::http_server_options options;
  auto port = given.count(flag).value_or(0);
  options.port = static_cast<std::uint16_t>(port);
  options.address = given.text("http-address");
  tell_of_few_connections(given, options.max_connections);
  return options;
}

std::string tokens_file(const settings& given) {
  auto file = given.text("tokens");
  return file.empty() ? data_dir(given) + "/tokens" : file;
}

void print_url(const settings& given, std::uint16_t port) {
  auto address = given.text("http-address");
  if (address.find(':') != address.npos)
    address = '[' + address + ']'; // RFC 3986 3.2.2
  print_value(given, "url", "http://" + address + ':' + std::to_string(port));
}

std::string endpoint_of(const std::string& address) {
  return address.rfind("tcp://", 0) == 0 ? address : "tcp://" + address;
}

void note_line(const std::string& text) {
  complain("node: " + text);
}

std::vector<std::string> source_names() {
  std::vector<std::string> names;
  for (const auto* source : sources::all_sources())
    names.emplace_back(source->traits.name);
  return names;
}

std::shared_ptr<watch::fail_points> faults_of(const settings& given) {
  return std::make_shared<watch::fail_points>(given.flag("allow-faults"));
}

void pass_pulse(watch::fail_points& faults) {
  if (faults.pass("node.pulse"))
    ::raise(SIGKILL);
}

} // namespace jobfarm::cli
