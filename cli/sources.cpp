#include "cli/commands.hpp"

#include "actors/plan/planner.hpp"
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

int run_sources(const settings& given) {
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
    "sources", "The job sources, which are on, and what their terms say",
    "",        0,
    {},        {"jobfarm sources", "jobfarm sources --json | jq -r .name"},
    run_sources,
};

} // namespace jobfarm::cli
