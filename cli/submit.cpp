#include "cli/commands.hpp"

#include "cli/cluster_client.hpp"
#include "cli/cluster_view.hpp"
#include "cli/console.hpp"
#include "cli/query_options.hpp"
#include "messages/json_writer.hpp"

#include <nlohmann/json.hpp>

namespace jobfarm::cli {

namespace {

/// The body of a search; ids and times are the cluster's business.
std::string body_of(const job_query& query) {
  nlohmann::json body = {
      {"text", query.text},
      {"locations", query.locations},
      {"remote_only", query.remote_only},
      {"sources", query.sources},
      {"companies", query.companies},
      {"level", to_string(query.level)},
      {"limit", query.limit},
      {"timeout_s", query.timeout_s},
  };
  if (query.salary_min)
    body["salary_min"] = *query.salary_min;
  if (!query.salary_currency.empty())
    body["salary_currency"] = query.salary_currency;
  if (query.posted_within_s)
    body["posted_within_s"] = *query.posted_within_s;
  auto& boards = body["boards"] = nlohmann::json::array();
  for (const auto& one : query.boards) {
    boards.push_back({{"source", one.source}, {"token", one.token}});
    if (!one.company.empty())
      boards.back()["company"] = one.company;
  }
  return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

int run_submit(const settings& given) {
  auto query = read_query(given);
  if (!query)
    return complain(query.error());
  // The node has a directory of boards of its own.
  if (!given.has("boards") && !given.has("boards-url"))
    query->boards.clear();
  auto client = cluster_client::of(given);
  if (!client)
    return complain(client.error());
  auto answer = client->call("POST", "/api/v1/search", body_of(*query));
  if (!answer)
    return complain_of_cluster(answer.error());
  auto accepted = read_cluster_query(*answer);
  if (!accepted)
    return complain(accepted.error());
  const auto& id = accepted->record.query.query_id;
  print((given.flag("json") ? accepted->text : id) + '\n');
  say(given, "submitted; jobfarm watch " + id);
  return exit_done;
}

} // namespace

const command submit_command = {
    "submit",
    "Start a query on a running cluster and print its id",
    "[QUERY]",
    1,
    with_query_options(with_cluster_options({})),
    {"jobfarm submit \"program manager\" --remote --limit 100",
     "jobfarm watch $(jobfarm submit --sources greenhouse --quiet)"},
    run_submit,
};

} // namespace jobfarm::cli
