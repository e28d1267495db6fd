#include "cli/commands.hpp"

#include "actors/text/url.hpp"
#include "cli/cluster_client.hpp"
#include "cli/cluster_view.hpp"
#include "cli/console.hpp"
#include "messages/json.hpp"
#include "messages/operations.hpp"

namespace jobfarm::cli {

namespace {

std::string n(std::int64_t number) {
  return std::to_string(number);
}

int print_query(const settings& given, const cluster_client& client) {
  auto text = client.call("GET", "/api/v1/queries/"
                                     + text::percent_encode(given.operands[0])
                                     + "/audit");
  if (!text)
    return complain_of_cluster(text.error());
  auto audit = from_json<query_audit>(*text);
  if (!audit)
    return complain(audit.error());
  auto code = audit->adds_up ? exit_done : exit_no;
  if (given.flag("json")) {
    print(*text + '\n');
    return code;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : audit->sources)
    rows.push_back(
        {one.source, n(one.handed_out) + " handed out",
         "= " + n(one.stored) + " stored", "+ " + n(one.merged) + " merged",
         "+ " + n(one.rejected) + " rejected",
         "+ " + n(one.seen_again) + " seen again",
         n(one.dead_lettered) + " tasks given up", n(one.open) + " open"});
  print(format_table({"SOURCE", "", "", "", "", "", "", ""}, rows));
  for (const auto& fault : audit->faults)
    complain(fault);
  say(given, audit->adds_up ? "adds up" : "DOES NOT ADD UP");
  return code;
}

int print_posting(const settings& given, const cluster_client& client) {
  auto text = client.call(
      "GET", "/api/v1/postings/" + text::percent_encode(given.text("posting")));
  if (!text)
    return complain_of_cluster(text.error());
  if (given.flag("json")) {
    print(*text + '\n');
    return exit_done;
  }
  auto posting = from_json<job_posting>(*text);
  if (!posting)
    return complain(posting.error());
  print(posting->id + "  " + posting->title + "  " + posting->company + '\n');
  std::vector<std::vector<std::string>> rows;
  for (const auto& seen : posting->sightings)
    rows.push_back({rows.empty() ? "stored" : "merged", seen.first_seen,
                    seen.source, seen.source_id, seen.url});
  print(
      format_table({"FATE", "FIRST SEEN", "SOURCE", "SOURCE ID", "URL"}, rows));
  return exit_done;
}

int run_audit(const settings& given) {
  auto client = cluster_client::of(given);
  if (!client)
    return complain(client.error());
  if (given.has("posting"))
    return print_posting(given, *client);
  if (given.operands.empty())
    return complain(fail(errc::invalid_input,
                         "which query? jobfarm list shows them; or --posting "
                         "ID"));
  return print_query(given, *client);
}

} // namespace

const command audit_command = {
    "audit",
    "Whether everything that sources handed out for a query is accounted for",
    "QUERY",
    1,
    with_cluster_options({{"posting", value_kind::text, "ID",
                           "the whole way of one posting", "", true}}),
    {"jobfarm audit 5f1c...", "jobfarm audit --posting 09ab..."},
    run_audit,
};

} // namespace jobfarm::cli
