#include "cli/commands.hpp"

#include "actors/text/time.hpp"
#include "actors/text/url.hpp"
#include "cli/clock.hpp"
#include "cli/cluster_client.hpp"
#include "cli/cluster_view.hpp"
#include "cli/console.hpp"
#include "messages/json.hpp"
#include "messages/operations.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <thread>

namespace jobfarm::cli {

namespace {

constexpr auto redraw_table_every = std::chrono::milliseconds{200};

expected<std::vector<node_status>> nodes_of(const cluster_client& client) {
  std::vector<node_status> all;
  auto listed = each_row(client, "/api/v1/nodes",
                         [&](const std::string& text) -> expected<bool> {
                           auto one = from_json<node_status>(text);
                           if (!one)
                             return one.error();
                           all.push_back(*std::move(one));
                           return true;
                         });
  if (!listed)
    return listed.error();
  return all;
}

/// Nodes that were lost longer ago are of no interest any more.
constexpr std::int64_t loss_is_news_s = 3600;

bool is_long_lost(const node_status& one, std::int64_t now) {
  return one.state == node_state::lost
         && text::parse_utc(one.last_seen).value_or(now)
                <= now - loss_is_news_s;
}

/// Takes those out that were lost long ago, and says so.
void leave_out_long_lost(const settings& given, std::vector<node_status>& all) {
  auto now = now_utc();
  auto kept =
      std::remove_if(all.begin(), all.end(), [&](const node_status& one) {
        return is_long_lost(one, now);
      });
  auto count = all.end() - kept;
  all.erase(kept, all.end());
  if (count > 0)
    say(given, std::to_string(count)
                   + (count == 1 ? " node that was" : " nodes that were")
                   + " lost over an hour ago: --all shows them too");
}

int list_nodes(const settings& given) {
  auto client = cluster_client::of(given);
  if (!client)
    return complain(client.error());
  auto all = nodes_of(*client);
  if (!all)
    return complain_of_cluster(all.error());
  if (!given.flag("all"))
    leave_out_long_lost(given, *all);
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : *all) {
    if (given.flag("json"))
      print(to_json(one) + '\n');
    else
      rows.push_back({one.id, one.role, std::string{to_string(one.state)},
                      std::to_string(one.workers),
                      std::to_string(one.tasks_in_hand), one.address,
                      one.last_seen});
  }
  print(format_table(
      {"NODE", "ROLE", "STATE", "WORKERS", "TASKS", "ADDRESS", "LAST SEEN"},
      rows));
  return exit_done;
}

/// Waits until a node has drained or left. False if time runs out first.
expected<bool> wait_drained(const cluster_client& client, const std::string& id,
                            std::chrono::seconds most) {
  auto until = std::chrono::steady_clock::now() + most;
  for (;;) {
    auto all = nodes_of(client);
    if (!all)
      return all.error();
    auto is_going = false;
    for (const auto& one : *all)
      is_going =
          is_going || (one.id == id && one.state == node_state::draining);
    if (!is_going)
      return true;
    if (std::chrono::steady_clock::now() > until)
      return false;
    std::this_thread::sleep_for(redraw_table_every);
  }
}

int drain_node(const settings& given) {
  if (given.operands.empty())
    return complain(
        fail(errc::invalid_input, "which node? jobfarm nodes shows them"));
  auto client = cluster_client::of(given);
  if (!client)
    return complain(client.error());
  const auto& id = given.operands[0];
  auto answer = client->call(
      "POST", "/api/v1/nodes/" + text::percent_encode(id) + "/drain", "{}");
  if (!answer)
    return complain_of_cluster(answer.error());
  if (auto most = given.duration("wait")) {
    auto drained = wait_drained(*client, id, *most);
    if (!drained)
      return complain_of_cluster(drained.error());
    if (!*drained) {
      complain("node " + id + " still drains");
      return exit_no;
    }
    say(given, "drained node " + id);
  } else {
    say(given, "node " + id + " drains: it finishes what it has in hand");
  }
  if (given.flag("json"))
    print(*answer + '\n');
  return exit_done;
}

} // namespace

const command nodes_command = {
    "nodes",
    "The nodes of a running cluster",
    "",
    0,
    with_cluster_options(
        {{"all", value_kind::flag, "",
          "also those that were lost over an hour ago", "", true}}),
    {"jobfarm nodes", "jobfarm nodes --json | jq -r .id"},
    list_nodes,
};

const command drain_command = {
    "drain",
    "Have a node finish what it has in hand and take nothing more",
    "NODE",
    1,
    with_cluster_options({{"wait", value_kind::duration, "TIME",
                           "until it has; exit 1 if it takes longer"}}),
    {"jobfarm drain n2 --wait 5m"},
    drain_node,
};

} // namespace jobfarm::cli
