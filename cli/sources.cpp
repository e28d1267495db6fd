#include "cli/commands.hpp"

#include "actors/plan/planner.hpp"
#include "cli/cluster_client.hpp"
#include "cli/cluster_view.hpp"
#include "cli/console.hpp"
#include "cli/source_settings.hpp"
#include "messages/event.hpp"
#include "messages/json.hpp"

namespace jobfarm::cli {

namespace {

/// Where the configuration lets a source's robots.txt be ignored; else empty.
std::string robots_override(const settings& given, std::string_view source) {
  auto key = "sources." + std::string{source} + ".obey_robots";
  auto found = given.all().find(key);
  if (found == given.all().end() || given.flag(key))
    return {};
  return found->second.origin;
}

void append_row(std::string& out, const sources::source_traits& traits,
                bool enabled, const std::string& base_url,
                const std::string& robots_ignored_by) {
  std::string name{traits.name};
  name.resize(std::max<std::size_t>(name.size(), 17), ' ');
  out += name + (traits.type == "api" ? "api      " : "scraper  ");
  out += enabled ? "on   " : "off  ";
  out += base_url.empty() ? "(pages by their own address)" : base_url;
  if (!robots_ignored_by.empty())
    out +=
        "\n                 robots.txt is ignored (" + robots_ignored_by + ')';
  if (!traits.terms.empty())
    out += "\n                 " + std::string{traits.terms};
  out += '\n';
}

/// True if somebody said which cluster is meant; a default is nobody's word.
bool names_cluster(const settings& given) {
  auto server = given.all().find("server");
  return server != given.all().end() && server->second.origin != "default";
}

/// How the sources of a running cluster are.
int print_running(const settings& given) {
  auto client = cluster_client::of(given);
  if (!client)
    return complain(client.error());
  std::vector<std::vector<std::string>> rows;
  auto read =
      each_row(*client, "/api/v1/sources",
               [&](const std::string& row) -> expected<bool> {
                 auto status = from_json<source_status>(row);
                 if (!status)
                   return status.error();
                 if (given.flag("json"))
                   print(row + '\n');
                 rows.push_back({status->name, status->type,
                                 status->enabled ? "on" : "off",
                                 !status->healthy   ? "not asked yet"
                                 : *status->healthy ? "healthy"
                                                    : "down",
                                 std::to_string(status->jobs_collected_today),
                                 status->last_success, status->error_message});
                 return true;
               });
  if (!read)
    return complain_of_cluster(read.error());
  if (!given.flag("json"))
    print(format_table(
        {"SOURCE", "TYPE", "", "HEALTH", "TODAY", "LAST GOOD", "ERROR"}, rows));
  return exit_done;
}

int run_sources(const settings& given) {
  if (names_cluster(given))
    return print_running(given);
  auto configured = source_settings_of(given);
  std::string out;
  for (const auto* source : sources::all_sources()) {
    const auto& traits = source->traits;
    auto own = configured.find(traits.name);
    auto enabled =
        own == configured.end()
            ? traits.enabled_by_default
            : own->second.enabled.value_or(traits.enabled_by_default);
    if (!given.flag("json")) {
      append_row(out, traits, enabled, plan::base_url_of(*source, configured),
                 robots_override(given, traits.name));
      continue;
    }
    source_status status;
    status.name = traits.name;
    status.type = traits.type;
    status.enabled = enabled;
    auto line = to_json(status);
    line.pop_back();
    auto is_ignored = !robots_override(given, traits.name).empty();
    out +=
        line + ",\"robots\":\"" + (is_ignored ? "ignored" : "obeyed") + "\"}\n";
  }
  print(out);
  return exit_done;
}

} // namespace

const command sources_command = {
    "sources",
    "The job sources, which are on, and what their terms say; with --server, "
    "how those of a running cluster are",
    "",
    0,
    with_cluster_options({}),
    {"jobfarm sources", "jobfarm sources --json | jq -r .name",
     "jobfarm sources --server http://127.0.0.1:8470"},
    run_sources,
};

} // namespace jobfarm::cli
