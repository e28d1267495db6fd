#include "cli/commands.hpp"

#include "actors/text/url.hpp"
#include "cli/cluster_client.hpp"
#include "cli/cluster_view.hpp"
#include "cli/console.hpp"
#include "messages/json.hpp"
#include "messages/operations.hpp"

#include <functional>

namespace jobfarm::cli {

namespace {

using row_visitor = std::function<void(const dead_letter&, std::string_view)>;

/// Goes through the dead letters of a query, or (empty) of all.
expected<void> each_letter(const cluster_client& client,
                           const std::string& query_id,
                           const row_visitor& visit) {
  std::string path = "/api/v1/dead-letters";
  if (!query_id.empty())
    path += "?query_id=" + text::percent_encode(query_id);
  return each_row(client, path, [&](const std::string& text) -> expected<bool> {
    auto one = from_json<dead_letter>(text);
    if (!one)
      return one.error();
    visit(*one, text);
    return true;
  });
}

int list(const settings& given, const cluster_client& client) {
  if (given.operands.size() > 2)
    return complain(fail(errc::invalid_input, "dead list takes one QUERY"));
  std::vector<std::vector<std::string>> rows;
  auto query_id = given.operands.size() > 1 ? given.operands[1] : "";
  auto listed = each_letter(
      client, query_id, [&](const dead_letter& one, std::string_view text) {
        if (given.flag("json"))
          print(std::string{text} + '\n');
        else
          rows.push_back({one.task_id, one.source,
                          std::string{to_string(one.reason.code)},
                          std::to_string(one.attempts), one.url,
                          one.reason.detail});
      });
  if (!listed)
    return complain_of_cluster(listed.error());
  print(
      format_table({"TASK", "SOURCE", "CODE", "TRIES", "URL", "REASON"}, rows));
  return exit_done;
}

/// The tasks named, and those of `--query`.
expected<std::vector<std::string>> chosen(const settings& given,
                                          const cluster_client& client) {
  std::vector<std::string> tasks(given.operands.begin() + 1,
                                 given.operands.end());
  if (given.has("query")) {
    auto listed = each_letter(
        client, given.text("query"),
        [&](const dead_letter& one, std::string_view) {
          tasks.push_back(one.task_id);
        });
    if (!listed)
      return listed.error();
  } else if (tasks.empty()) {
    return fail(errc::invalid_input, "which tasks? jobfarm dead list shows "
                                     "them; --query QUERY means all of one");
  }
  return tasks;
}

/// Does to each task what `verb` says; the first refusal ends it.
int change(const settings& given, const cluster_client& client,
           const std::string& verb, const std::string& done) {
  auto reason = given.text("reason");
  if (verb == "drop" && reason.empty())
    return complain(fail(errc::invalid_input, "dead drop needs --reason TEXT"));
  auto tasks = chosen(given, client);
  if (!tasks)
    return complain_of_cluster(tasks.error());
  for (const auto& task : *tasks) {
    auto path = "/api/v1/dead-letters/" + text::percent_encode(task) + '/'
                + verb;
    if (verb == "drop")
      path += "?reason=" + text::percent_encode(reason);
    if (auto answer = client.call("POST", path); !answer)
      return complain_of_cluster(answer.error());
  }
  say(given, std::to_string(tasks->size()) + " tasks " + done);
  return exit_done;
}

int run_dead(const settings& given) {
  auto client = cluster_client::of(given);
  if (!client)
    return complain(client.error());
  auto what = given.operands.empty() ? std::string{} : given.operands[0];
  if (what == "list")
    return list(given, *client);
  if (what == "retry")
    return change(given, *client, what, "are tried again");
  if (what == "drop")
    return change(given, *client, what, "are dropped");
  return complain(fail(errc::invalid_input,
                       "jobfarm dead list [QUERY] | retry TASK... | drop "
                       "TASK... --reason TEXT"));
}

} // namespace

const command dead_command = {
    "dead",
    "Tasks of a running cluster that were given up: list, retry or drop them",
    "list [QUERY] | retry TASK... | drop TASK...",
    -1,
    with_cluster_options(
        {{"query", value_kind::text, "QUERY",
          "of retry and drop: all tasks of this query", "", true},
         {"reason", value_kind::text, "TEXT",
          "of drop: why they may stay given up", "", true}}),
    {"jobfarm dead list", "jobfarm dead list 5f1c... --json",
     "jobfarm dead retry 09ab...", "jobfarm dead retry --query 5f1c...",
     "jobfarm dead drop 09ab... --reason 'board was closed'"},
    run_dead,
};

} // namespace jobfarm::cli
