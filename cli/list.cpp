#include "cli/commands.hpp"

#include "cli/cluster_client.hpp"
#include "cli/cluster_view.hpp"
#include "cli/console.hpp"

namespace jobfarm::cli {

namespace {

std::int64_t jobs_of(const query_record& record) {
  if (record.result)
    return record.result->total_jobs;
  std::int64_t found = 0;
  for (const auto& one : record.progress.sources)
    found += one.found;
  return found;
}

int run_list(const settings& given) {
  auto client = cluster_client::of(given);
  if (!client)
    return complain(client.error());
  auto most = given.count("limit").value_or(0);
  std::int64_t count = 0;
  std::vector<std::vector<std::string>> rows;
  auto listed =
      each_row(*client, "/api/v1/queries",
               [&](const std::string& text) -> expected<bool> {
                 auto one = read_cluster_query(text);
                 if (!one)
                   return one.error();
                 const auto& query = one->record.query;
                 if (given.flag("json"))
                   print(text + '\n');
                 else
                   rows.push_back({query.query_id, one->status,
                                   std::to_string(jobs_of(one->record)),
                                   query.submitted_at, query.text});
                 return ++count != most;
               });
  if (!listed)
    return complain_of_cluster(listed.error());
  print(format_table({"QUERY", "STATUS", "JOBS", "SUBMITTED", "TEXT"}, rows));
  return exit_done;
}

} // namespace

const command list_command = {
    "list",
    "The queries of a running cluster, newest first",
    "",
    0,
    with_cluster_options(
        {{"limit", value_kind::count, "N", "the newest N (0: all)", "0"}}),
    {"jobfarm list --limit 10", "jobfarm list --json | jq -r .query_id"},
    run_list,
};

} // namespace jobfarm::cli
