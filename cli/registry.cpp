#include "cli/commands.hpp"

#include "cli/option_checks.hpp"

#include <algorithm>

namespace jobfarm::cli {

const std::vector<const command*>& all_commands() {
  static const std::vector<const command*> all = {
      &collect_command, &demo_command,       &simulate_command,
      &parse_command,   &normalize_command,  &dedupe_command,
      &enrich_command,  &export_command,     &text_command,
      &robots_command,  &similarity_command, &boards_command,
      &sources_command, &gazetteer_command,  &config_command,
      &keys_command,    &node_command,       &submit_command,
      &list_command,    &watch_command,      &results_command,
      &cancel_command,  &status_command,     &nodes_command,
      &drain_command,   &audit_command,      &dead_command,
      &stats_command,   &fault_command,      &unmerge_command,
      &version_command,
  };
  return all;
}

const command* find_command(std::string_view name) {
  const auto& all = all_commands();
  auto found = std::find_if(all.begin(), all.end(), [&](const command* one) {
    return one->name == name;
  });
  return found == all.end() ? nullptr : *found;
}

const std::vector<option>& common_options() {
  static const std::vector<option> options = {
      {"help", value_kind::flag, "", "tell what the command does", "", true},
      {"json", value_kind::flag, "", "print data as JSON"},
      {"quiet", value_kind::flag, "", "say nothing but errors"},
      {"color", value_kind::text, "WHEN",
       "always, never or auto (on a terminal, without NO_COLOR)", "auto", false,
       [](const option& opt, std::string_view value) {
         return one_of(opt, value, {"always", "never", "auto"});
       }},
      {"no-color", value_kind::flag, "", "no colours, as with NO_COLOR"},
      {"config", value_kind::file, "FILE",
       "configuration (default: $XDG_CONFIG_HOME/jobfarm/config.toml)"},
      {"data-dir", value_kind::file, "DIR",
       "where the store lives (default: $XDG_DATA_HOME/jobfarm)"},
      {"log-level", value_kind::level, "LEVEL",
       "trace, debug, info, warn, error or off", "warn"},
      {"verbose", value_kind::flag, "", "or -v: the same as --log-level info",
       "", true},
      {"debug", value_kind::flag, "", "the same as --log-level debug", "",
       true},
  };
  return options;
}

} // namespace jobfarm::cli
