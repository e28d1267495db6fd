#include "cli/commands.hpp"

#include "cli/cluster_client.hpp"
#include "cli/cluster_view.hpp"
#include "cli/console.hpp"
#include "messages/json.hpp"
#include "messages/operations.hpp"

#include <nlohmann/json.hpp>

#include <map>

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

int run(const settings& given) {
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
  std::string out =
      "cluster  " + word + "  " + nodes_line(status["nodes"]) + '\n';
  for (const auto& one : status["checks"])
    if (!one.value("ok", true))
      out +=
          "  " + one.value("name", "") + ": " + one.value("reason", "") + '\n';
  print(out + "queries  " + *queries + '\n');
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
    run,
};

} // namespace jobfarm::cli
