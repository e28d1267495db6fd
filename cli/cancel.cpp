#include "cli/commands.hpp"

#include "actors/text/url.hpp"
#include "cli/cluster_client.hpp"
#include "cli/cluster_view.hpp"
#include "cli/console.hpp"

namespace jobfarm::cli {

namespace {

int run_cancel(const settings& given) {
  if (given.operands.empty())
    return complain(
        fail(errc::invalid_input, "which query? jobfarm list shows them"));
  auto client = cluster_client::of(given);
  if (!client)
    return complain(client.error());
  auto answer = client->call(
      "DELETE", "/api/v1/queries/" + text::percent_encode(given.operands[0]));
  if (!answer)
    return complain_of_cluster(answer.error());
  if (given.flag("json"))
    print(*answer + '\n');
  auto view = read_cluster_query(*answer);
  auto had_ended =
      view && (view->status == "complete" || view->status == "partial");
  say(given,
      had_ended ? given.operands[0] + " had ended already: " + view->status
                : "cancelled " + given.operands[0] + "; what it found is kept");
  return exit_done;
}

} // namespace

const command cancel_command = {
    "cancel",
    "End a query of a running cluster early; what it found is kept",
    "QUERY",
    1,
    with_cluster_options({}),
    {"jobfarm cancel 5f1c..."},
    run_cancel,
};

} // namespace jobfarm::cli
