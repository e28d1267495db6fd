#include "cli/commands.hpp"

#include "actors/text/url.hpp"
#include "actors/watch/fail_points.hpp"
#include "cli/cluster_client.hpp"
#include "cli/cluster_view.hpp"
#include "cli/console.hpp"
#include "messages/json_writer.hpp"

#include <nlohmann/json.hpp>

namespace jobfarm::cli {

namespace {

std::string body_of(const settings& given, const std::string& point) {
  std::string body;
  json::object_writer out(body);
  out.member("point", point).member("effect", given.text("effect"));
  for (const auto* name : {"code", "node"})
    if (given.has(name))
      out.member(name, given.text(name));
  for (const auto* name : {"times", "seed"})
    if (auto number = given.count(name))
      out.member(name, *number);
  if (auto delay = given.count("delay-ms"))
    out.member("delay_ms", *delay);
  if (auto share = given.number("probability"))
    out.member("probability", *share);
  out.close();
  return body;
}

/// Every point, with its effects.
std::string points_help() {
  std::string text = "Points:\n";
  for (const auto& one : watch::all_fail_points()) {
    text += "  " + std::string{one.name} + ": " + std::string{one.where};
    for (auto effect : one.effects)
      text += (effect == one.effects.front() ? "; " : ", ")
              + std::string{to_string(effect)};
    text += '\n';
  }
  return text;
}

int inject(const settings& given, const cluster_client& client) {
  auto armed =
      client.call("POST", "/api/v1/faults", body_of(given, given.operands[1]));
  if (!armed)
    return complain_of_cluster(armed.error());
  if (given.flag("json"))
    print(*armed + '\n');
  say(given, "armed " + given.operands[1] + "; jobfarm fault clear ends it");
  return exit_done;
}

int list_faults(const settings& given, const cluster_client& client) {
  std::vector<std::vector<std::string>> rows;
  auto listed = each_row(
      client, "/api/v1/faults", [&](const std::string& text) -> expected<bool> {
        auto one = nlohmann::json::parse(text, nullptr, false);
        if (given.flag("json"))
          print(text + '\n');
        else
          rows.push_back({std::to_string(one.value("id", 0)),
                          one.value("node", ""), one.value("point", ""),
                          one.value("effect", ""),
                          std::to_string(one.value("struck", 0)) + " of "
                              + std::to_string(one.value("passed", 0))});
        return true;
      });
  if (!listed)
    return complain_of_cluster(listed.error());
  print(format_table({"ID", "NODE", "POINT", "EFFECT", "STRUCK"}, rows));
  return exit_done;
}

int clear(const settings& given, const cluster_client& client) {
  std::string path = "/api/v1/faults";
  if (given.operands.size() > 1)
    path += '/' + text::percent_encode(given.operands[1]);
  auto cleared = client.call("DELETE", path);
  if (!cleared)
    return complain_of_cluster(cleared.error());
  say(given, "cleared");
  return exit_done;
}

int run_fault(const settings& given) {
  auto what = given.operands.empty() ? std::string{} : given.operands[0];
  auto has_more = given.operands.size() > 1;
  auto is_known = (what == "inject" && has_more)
                  || (what == "list" && !has_more) || what == "clear";
  if (!is_known)
    return complain(fail(errc::invalid_input,
                         "jobfarm fault inject POINT, list or clear [ID]"));
  auto client = cluster_client::of(given);
  if (!client)
    return complain(client.error());
  return what == "inject" ? inject(given, *client)
         : what == "list" ? list_faults(given, *client)
                          : clear(given, *client);
}

} // namespace

const command fault_command = {
    "fault",
    "Inject trouble into a node that was started with --allow-faults",
    "inject POINT | list | clear [ID]",
    2,
    with_cluster_options({
        {"effect", value_kind::text, "WORD",
         "fail, delay, drop, duplicate, reorder, kill, hang or jump", "fail"},
        {"node", value_kind::text, "NAME",
         "the worker to do it to, instead of the node that is asked; started "
         "with --allow-faults too",
         "", true},
        {"code", value_kind::text, "CODE", "failure code of effect fail", "",
         true},
        {"delay-ms", value_kind::count, "N", "of effects delay, hang and jump", "", true},
        {"probability", value_kind::number, "P",
         "of the times that the point is passed, this share", "", true},
        {"times", value_kind::count, "N", "strike at most so often", "", true},
        {"seed", value_kind::count, "N",
         "the same seed strikes the same times"},
    }),
    {"jobfarm fault inject store.commit --effect delay --delay-ms 200",
     "jobfarm fault inject collector.page --effect kill --probability 0.05 "
     "--seed 7",
     "jobfarm fault inject link.send --node w1 --effect drop --probability 0.1",
     "jobfarm fault inject source.answer --node w1 --code http_error --times 3",
     "jobfarm fault inject node.pulse --node w1 --effect kill --times 1"},
    run_fault,
    points_help,
};

} // namespace jobfarm::cli
