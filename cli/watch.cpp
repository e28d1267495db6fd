#include "cli/commands.hpp"

#include "cli/cluster_client.hpp"
#include "cli/cluster_view.hpp"
#include "cli/collect_run.hpp"
#include "cli/console.hpp"
#include "cli/event_reader.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "messages/json.hpp"

#include "actors/plan/query_state.hpp"
#include "actors/text/url.hpp"

#include <chrono>
#include <thread>

namespace jobfarm::cli {

namespace {

/// Reconnects after this when the stream breaks; gives up when nobody has
/// answered for `patience`.
constexpr auto pause = std::chrono::milliseconds{500};
constexpr auto patience = std::chrono::seconds{30};

/// Follows the events of a query to its end. Nothing if Ctrl-C came first.
expected<std::optional<cluster_query>> follow(const settings& given,
                                              const cluster_client& client,
                                              const std::string& path) {
  std::optional<cluster_query> ended;
  failure problem;
  progress_display display(given);
  auto last_heard = std::chrono::steady_clock::now();
  for (;;) {
    event_reader events([&](const std::string& name, const std::string& data) {
      last_heard = std::chrono::steady_clock::now();
      if (name == "progress") {
        if (auto progress = from_json<query_progress>(data);
            progress && display.is_due())
          display.show(*progress);
      } else if (name == "end") {
        if (auto query = read_cluster_query(data))
          ended = *std::move(query);
        if (ended)
          display.show_end(ended->record.progress);
      }
    });
    auto streamed =
        client.stream(path, "text/event-stream", [&](std::string_view bytes) {
          events.take(bytes);
          return !ended && !interrupt_watch::requested();
        });
    if (ended || interrupt_watch::requested())
      return ended;
    if (!streamed && streamed.error().status != 0)
      return streamed.error();
    if (std::chrono::steady_clock::now() - last_heard > patience)
      return streamed ? fail(errc::node_lost, "the server ends the stream "
                                              "without the query's end")
                      : streamed.error();
    std::this_thread::sleep_for(pause);
  }
}

int report(const settings& given, const cluster_query& ended) {
  if (!ended.record.result) {
    say(given, "the query was " + ended.status
                   + "; what it had found can be read: jobfarm results "
                   + ended.record.query.query_id);
    if (given.flag("json"))
      print(ended.text + '\n');
    return exit_partial;
  }
  collect_outcome outcome;
  outcome.result = *ended.record.result;
  outcome.progress = ended.record.progress;
  outcome.found_at_cut = plan::found_at_cut(ended.record);
  print_outcome(given, outcome);
  return exit_code_of(outcome);
}

int run_watch(const settings& given) {
  if (given.operands.empty())
    return complain(
        fail(errc::invalid_input, "which query? jobfarm list shows them"));
  auto client = cluster_client::of(given);
  if (!client)
    return complain(client.error());
  interrupt_watch interrupts;
  auto path =
      "/api/v1/queries/" + text::percent_encode(given.operands[0]) + "/events";
  auto ended = follow(given, *client, path);
  if (!ended)
    return complain_of_cluster(ended.error());
  if (!*ended) {
    say(given,
        "the query goes on; jobfarm cancel " + given.operands[0] + " ends it");
    return exit_interrupted;
  }
  return report(given, **ended);
}

} // namespace

const command watch_command = {
    "watch",
    "Follow a query of a running cluster to its end; exits as collect does",
    "QUERY",
    1,
    with_cluster_options({progress_option()}),
    {"jobfarm watch 5f1c...", "jobfarm watch 5f1c... --json | jq .total_jobs"},
    run_watch,
};

} // namespace jobfarm::cli
