#include "cli/commands.hpp"

#include "cli/cluster_client.hpp"
#include "cli/console.hpp"
#include "messages/json_writer.hpp"

#include <sstream>

namespace jobfarm::cli {

namespace {

/// `name{labels} value` as {"metric": .., "value": ..}.
std::string to_row(const std::string& line) {
  auto space = line.rfind(' ');
  std::string out;
  json::object_writer row(out);
  row.member("metric", line.substr(0, space))
      .member("value", std::strtod(line.c_str() + space, nullptr));
  row.close();
  return out;
}

int run_stats(const settings& given) {
  auto client = cluster_client::of(given);
  if (!client)
    return complain(client.error());
  auto text = client->call("GET", "/metrics");
  if (!text)
    return complain_of_cluster(text.error());
  auto wanted = given.operands.empty() ? std::string{} : given.operands[0];
  std::istringstream in(*text);
  for (std::string line; std::getline(in, line);) {
    auto is_value = !line.empty() && line[0] != '#'
                    && line.find(' ') != line.npos
                    && line.find("_bucket{") == line.npos;
    if (is_value && line.find(wanted) != line.npos)
      print((given.flag("json") ? to_row(line) : line) + '\n');
  }
  return exit_done;
}

} // namespace

const command stats_command = {
    "stats",
    "Counters and latencies of a running cluster",
    "[WORD]",
    1,
    with_cluster_options({}),
    {"jobfarm stats", "jobfarm stats fetch_total --json"},
    run_stats,
};

} // namespace jobfarm::cli
