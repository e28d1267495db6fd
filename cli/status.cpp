#include "cli/commands.hpp"

#include "cli/cluster_client.hpp"
#include "cli/cluster_view.hpp"
#include "cli/console.hpp"
#include "cli/proxy_lines.hpp"
#include "messages/json.hpp"
#include "messages/operations.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

#include <unistd.h>

namespace jobfarm::cli {

namespace {

using value = nlohmann::json;

std::string nodes_line(const value& nodes) {
  std::map<std::string, int> states;
  for (const auto& one : nodes)
    ++states[one.value("state", "unknown")];
  auto text =
      std::to_string(nodes.size()) + (nodes.size() == 1 ? " node" : " nodes");
  for (const auto& [state, count] : states)
    text += ", " + std::to_string(count) + ' ' + state;
  return text;
}

/// Queries by status, of the newest page: enough for a look.
expected<std::string> queries_line(const cluster_client& client) {
  auto text = client.call("GET", "/api/v1/queries?limit=100");
  if (!text)
    return text.error();
  auto page = value::parse(*text, nullptr, false);
  std::map<std::string, int> states;
  if (page.is_object() && page["items"].is_array())
    for (const auto& one : page["items"])
      ++states[one.value("status", "unknown")];
  std::string line;
  for (const auto& [state, count] : states)
    line += (line.empty() ? "" : ", ") + std::to_string(count) + ' ' + state;
  if (line.empty())
    return std::string{"none yet"};
  return page["next_cursor"].is_null() ? line : line + " (the newest 100)";
}

/// How many sources are well, and a line for each that is not.
expected<std::string> sources_lines(const cluster_client& client) {
  auto text = client.call("GET", "/api/v1/sources");
  if (!text)
    return text.error();
  auto list = value::parse(*text, nullptr, false);
  int well = 0;
  int idle = 0;
  std::string ill;
  if (list.is_object() && list["items"].is_array())
    for (const auto& one : list["items"]) {
      if (!one["healthy"].is_boolean()) {
        idle += one.value("enabled", false);
        continue;
      }
      if (one["healthy"].get<bool>()) {
        ++well;
        continue;
      }
      auto last = one["last_success"];
      ill += "  " + one.value("name", "") + "  circuit "
             + one.value("circuit", "") + "  last good "
             + (last.is_string() ? last.get<std::string>() : "never") + "  "
             + (one["error_message"].is_string()
                    ? one["error_message"].get<std::string>()
                    : "")
             + '\n';
    }
  auto down = std::count(ill.begin(), ill.end(), '\n');
  return std::to_string(well) + " healthy, " + std::to_string(down) + " down, "
         + std::to_string(idle) + " not asked yet\n" + ill;
}

/// What has become of the proxies, as each node that has any sees it.
std::string proxies_of(const value& nodes) {
  std::string lines;
  for (const auto& one : nodes)
    if (auto node = from_json<node_status>(one.dump()))
      lines += proxy_lines(node->proxies, node->id);
  return lines.empty() ? lines : "proxies\n" + lines;
}

tone tone_of(std::string_view cluster) {
  return cluster == "healthy"    ? tone::good
         : cluster == "degraded" ? tone::fair
                                 : tone::bad;
}

int run_status(const settings& given) {
  auto client = cluster_client::of(given);
  if (!client)
    return complain(client.error());
  auto text = client->call("GET", "/api/v1/status");
  if (!text)
    return complain_of_cluster(text.error());
  auto status = value::parse(*text, nullptr, false);
  if (!status.is_object() || !status["nodes"].is_array())
    return complain(
        fail(errc::bad_payload, "the server's answer is not understood"));
  auto word = status.value("cluster", "unknown");
  auto code = given.flag("check") && word != "healthy" ? exit_no : exit_done;
  if (given.flag("json")) {
    print(*text + '\n');
    return code;
  }
  auto queries = queries_line(*client);
  if (!queries)
    return complain_of_cluster(queries.error());
  auto sources = sources_lines(*client);
  if (!sources)
    return complain_of_cluster(sources.error());
  std::string out =
      "cluster  "
      + painted(word, tone_of(word), has_colour(given, STDOUT_FILENO)) + "  "
      + nodes_line(status["nodes"]) + '\n';
  for (const auto& one : status["checks"])
    if (!one.value("ok", true))
      out +=
          "  " + one.value("name", "") + ": " + one.value("reason", "") + '\n';
  print(out + "queries  " + *queries + "\nsources  " + *sources
        + proxies_of(status["nodes"]));
  return code;
}

} // namespace

const command status_command = {
    "status",
    "What a running cluster is doing, on one screen",
    "",
    0,
    with_cluster_options({{"check", value_kind::flag, "",
                           "exit 1 unless the cluster is healthy", "", true}}),
    {"jobfarm status", "jobfarm status --check --quiet || page-someone"},
    run_status,
};

} // namespace jobfarm::cli
