#include "cli/commands.hpp"

#include "actors/text/url.hpp"
#include "cli/cluster_client.hpp"
#include "cli/cluster_view.hpp"
#include "cli/console.hpp"
#include "messages/json.hpp"
#include "messages/operations.hpp"

namespace jobfarm::cli {

namespace {

int run(const settings& given) {
  if (given.operands.empty() || given.operands[0] != "list")
    return complain(fail(errc::invalid_input, "jobfarm dead list [QUERY]"));
  auto client = cluster_client::of(given);
  if (!client)
    return complain(client.error());
  std::string path = "/api/v1/dead-letters";
  if (given.operands.size() > 1)
    path += "?query_id=" + text::percent_encode(given.operands[1]);
  std::vector<std::vector<std::string>> rows;
  auto listed =
      each_row(*client, path, [&](const std::string& text) -> expected<bool> {
        auto one = from_json<dead_letter>(text);
        if (!one)
          return one.error();
        if (given.flag("json"))
          print(text + '\n');
        else
          rows.push_back({one->task_id, one->source,
                          std::string{to_string(one->reason.code)},
                          std::to_string(one->attempts), one->url,
                          one->reason.detail});
        return true;
      });
  if (!listed)
    return complain_of_cluster(listed.error());
  print(
      format_table({"TASK", "SOURCE", "CODE", "TRIES", "URL", "REASON"}, rows));
  return exit_done;
}

} // namespace

const command dead_command = {
    "dead",
    "Tasks of a running cluster that were given up, with the reason",
    "list [QUERY]",
    2,
    with_cluster_options({}),
    {"jobfarm dead list", "jobfarm dead list 5f1c... --json"},
    run,
};

} // namespace jobfarm::cli
